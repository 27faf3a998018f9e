# every grade is stated once
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX grade: <https://w3id.org/bilik/id/grade/>

DELETE WHERE { grade:sociologist bilik:isGradeOf ?position }
