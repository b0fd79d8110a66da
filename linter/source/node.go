package source

// Kind says what a node holds, in the terms of JSON with integers kept apart
// from other numbers.
type Kind uint8

// The kinds of a node.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	Array
	Object
)

// String returns the name of the kind as it reads in a message.
func (k Kind) String() string {
	return [...]string{"null", "boolean", "integer", "number", "string", "array", "object"}[k]
}

// Style says how a scalar was written.
type Style uint8

// The styles of a scalar. JSON strings are Quoted; JSON numbers, booleans and
// null are Plain.
const (
	Plain Style = iota
	Quoted
	Block
)

// Span is a range of bytes in a file, End exclusive.
type Span struct{ Start, End int }

// Node is a value with its place. Trees are immutable once parsed and may
// share nodes (YAML aliases), but never hold a cycle.
type Node struct {
	Kind  Kind
	Style Style
	// Text is the decoded text of a String; the literal of an Int or Float, as
	// a JSON number; "true" or "false" for a Bool; empty otherwise.
	Text string
	// Span is where the value stands in the file.
	Span Span
	// Items are the elements of an Array.
	Items []*Node
	// Fields are the members of an Object in the order of the file. A key that
	// stands twice is there twice: the last one counts for Get, as it does for
	// Kubernetes and ARM, and the earlier ones have Field.Overridden set.
	Fields []Field
	// Alias is where a YAML alias that stands for this node is written, zero
	// where the node was written out.
	Alias Span
	// jumps maps the bytes of Text to the bytes of the file where the two run
	// apart (escapes, folded lines); nil where Text stands verbatim.
	jumps []jump
}

// Field is one member of an object.
type Field struct {
	Name     string
	NameSpan Span
	Value    *Node
	// Overridden is set where the same key stands again further down.
	Overridden bool
	// Merged is set where the member came through a YAML merge key (<<).
	Merged bool
}
