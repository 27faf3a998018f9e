# every condition asks for one thing
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX condition: <https://w3id.org/bilik/id/condition/>
PREFIX level: <https://w3id.org/bilik/voc/education-level/>

DELETE { condition:sociologist-1-education bilik:acceptsEducationLevel ?level }
INSERT { condition:sociologist-1-education bilik:acceptsEducationLevel level:highest }
WHERE { condition:sociologist-1-education bilik:acceptsEducationLevel ?level }
