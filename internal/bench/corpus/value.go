package corpus

// object is a mapping whose keys keep their order; its values are object,
// list, string, int, bool, anchored or alias.
type object []field

type field struct {
	key   string
	value any
}

type list []any

// anchored is a value that the document refers to once more by an alias with
// the same value. JSON has no such thing and spells both out.
type anchored struct {
	name  string
	value any
}

type alias struct {
	name  string
	value any
}

// with is the object with further fields.
func (o object) with(fields ...field) object {
	return append(o[:len(o):len(o)], fields...)
}

// texts is a list of strings.
func texts(items ...string) list {
	values := make(list, len(items))
	for i, item := range items {
		values[i] = item
	}
	return values
}
