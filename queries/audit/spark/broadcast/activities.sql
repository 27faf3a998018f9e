-- The activity that a cell of a training means.
SELECT given, code AS activity FROM meaning.names WHERE attribute = 'activity'
