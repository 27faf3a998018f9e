# every alternative has a number and conditions
PREFIX alternative: <https://w3id.org/bilik/id/alternative/>
PREFIX bilik: <https://w3id.org/bilik/def#>

DELETE WHERE { alternative:sociologist-1 bilik:alternativeNumber ?number }
