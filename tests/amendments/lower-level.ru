# Wherever a level of education is named, vocational education will do.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX level: <https://w3id.org/bilik/voc/education-level/>

INSERT { ?condition bilik:acceptsEducationLevel level:tvet }
WHERE { ?condition bilik:acceptsEducationLevel level:higher }
