# every grade is stated once
PREFIX grade: <https://w3id.org/bilik/id/grade/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { grade:sociologist skos:notation ?code }
INSERT { grade:sociologist skos:notation "sociologe" }
WHERE { grade:sociologist skos:notation ?code }
