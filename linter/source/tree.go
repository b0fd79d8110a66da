package source

import (
	"encoding/json"
	"sort"
	"strings"
)

// jump says that byte text of Node.Text stands at byte file of the file, and
// that the bytes after it follow verbatim until the next jump.
type jump struct{ text, file int }

// Field returns the member that counts for a name, or false.
func (n *Node) Field(name string) (Field, bool) {
	if f := n.find(name, false); f != nil {
		return *f, true
	}
	return Field{}, false
}

// Get returns the value of the member with that name, or nil. It may be
// called on nil and on nodes that are no objects.
func (n *Node) Get(name string) *Node {
	if f := n.find(name, false); f != nil {
		return f.Value
	}
	return nil
}

// GetFold is Get without regard to case, as Azure Resource Manager reads names.
func (n *Node) GetFold(name string) *Node {
	if f := n.find(name, true); f != nil {
		return f.Value
	}
	return nil
}

func (n *Node) find(name string, fold bool) *Field {
	if n == nil {
		return nil
	}
	for i := len(n.Fields) - 1; i >= 0; i-- {
		f := &n.Fields[i]
		if f.Name == name || fold && strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// Locate follows a path of names (strings) and indices (ints) as far as it
// exists. It returns the last node reached, the field that led to it (nil for
// an array element and for n itself), and the number of steps taken. With fold
// names are compared without regard to case where no name is equal.
func (n *Node) Locate(path []any, fold bool) (node *Node, field *Field, depth int) {
	node = n
	for _, step := range path {
		next, via := node.step(step, fold)
		if next == nil {
			return node, field, depth
		}
		node, field = next, via
		depth++
	}
	return node, field, depth
}

func (n *Node) step(step any, fold bool) (*Node, *Field) {
	switch step := step.(type) {
	case string:
		f := n.find(step, false)
		if f == nil && fold {
			f = n.find(step, true)
		}
		if f != nil {
			return f.Value, f
		}
	case int:
		if n != nil && step >= 0 && step < len(n.Items) {
			return n.Items[step], nil
		}
	}
	return nil, nil
}

// Any returns the value as map[string]any, []any, string, bool, nil or
// json.Number. Overridden members are left out.
func (n *Node) Any() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Int, Float:
		return json.Number(n.Text)
	case String:
		return n.Text
	case Array:
		items := make([]any, len(n.Items))
		for i, item := range n.Items {
			items[i] = item.Any()
		}
		return items
	case Object:
		members := make(map[string]any, len(n.Fields))
		for i := range n.Fields {
			if !n.Fields[i].Overridden {
				members[n.Fields[i].Name] = n.Fields[i].Value.Any()
			}
		}
		return members
	}
	return nil
}

// TextOffset returns the offset in the file of byte i of Text, also through
// escapes and folded lines; it never leaves Span.
func (n *Node) TextOffset(i int) int {
	offset := n.Span.Start + i
	if n.Style == Quoted {
		offset++
	}
	if k := sort.Search(len(n.jumps), func(k int) bool { return n.jumps[k].text > i }); k > 0 {
		offset = n.jumps[k-1].file + i - n.jumps[k-1].text
	}
	return min(max(offset, n.Span.Start), n.Span.End)
}

// markOverridden flags every field whose name stands again further down.
func markOverridden(fields []Field) {
	const few = 8
	if len(fields) <= few {
		for i := range fields {
			for j := i + 1; j < len(fields); j++ {
				if fields[i].Name == fields[j].Name {
					fields[i].Overridden = true
					break
				}
			}
		}
		return
	}
	seen := make(map[string]bool, len(fields))
	for i := len(fields) - 1; i >= 0; i-- {
		fields[i].Overridden = seen[fields[i].Name]
		seen[fields[i].Name] = true
	}
}

// jumpList collects the jumps of one scalar.
type jumpList struct {
	jumps []jump
	// delta is file offset minus text offset at present.
	delta int
}

// at notes that byte text of the decoded text comes from byte file.
func (l *jumpList) at(text, file int) {
	if file-text != l.delta {
		l.jumps = append(l.jumps, jump{text, file})
		l.delta = file - text
	}
}
