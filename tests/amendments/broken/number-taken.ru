# every alternative has a number and conditions
PREFIX alternative: <https://w3id.org/bilik/id/alternative/>
PREFIX bilik: <https://w3id.org/bilik/def#>

DELETE DATA { alternative:technician-mid-first-2 bilik:alternativeNumber 2 } ;
INSERT DATA { alternative:technician-mid-first-2 bilik:alternativeNumber 1 }
