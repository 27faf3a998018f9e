# every grade is stated once
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX grade: <https://w3id.org/bilik/id/grade/>

DELETE { grade:sociologist bilik:ordinal ?number }
INSERT { grade:sociologist bilik:ordinal ?other }
WHERE {
  grade:sociologist bilik:ordinal ?number .
  grade:translator bilik:ordinal ?other .
}
