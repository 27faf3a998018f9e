# Work in a position no longer tells its field.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX position: <https://w3id.org/bilik/id/position/>

DELETE WHERE { position:engineer bilik:impliesField ?field }
