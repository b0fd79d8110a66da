package edit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Pointer is a path into a document, one name or index an element.
type Pointer []string

// What stands for a slash and a tilde in a step.
var (
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
)

// ParsePointer reads a JSON Pointer (RFC 6901).
func ParsePointer(text string) (Pointer, error) {
	if text == "" {
		return nil, nil
	}
	if text[0] != '/' {
		return nil, fmt.Errorf("path %q does not start with a slash", text)
	}
	steps := strings.Split(text[1:], "/")
	for i, step := range steps {
		steps[i] = unescape.Replace(step)
	}
	return steps, nil
}

// String is the JSON Pointer.
func (p Pointer) String() string {
	var b strings.Builder
	for _, step := range p {
		b.WriteByte('/')
		b.WriteString(escape.Replace(step))
	}
	return b.String()
}

// To returns the pointer to the node that stands exactly at a span, which is
// how a value that remembers its place is found again.
func To(root *source.Node, span source.Span) (Pointer, *source.Node, bool) {
	var path Pointer
	for node := root; ; {
		if node.Span == span {
			return path, node, true
		}
		step, next := around(node, span)
		if next == nil {
			return nil, nil, false
		}
		path, node = append(path, step), next
	}
}

// around is the child that a span lies in. Children that stand elsewhere in
// the file, through an alias, are not looked into.
func around(node *source.Node, span source.Span) (string, *source.Node) {
	holds := func(child *source.Node) bool {
		return child.Alias == (source.Span{}) && child.Span.Start <= span.Start && span.End <= child.Span.End
	}
	for i := range node.Fields {
		if f := &node.Fields[i]; !f.Merged && !f.Overridden && holds(f.Value) {
			return f.Name, f.Value
		}
	}
	for i, item := range node.Items {
		if holds(item) {
			return strconv.Itoa(i), item
		}
	}
	return "", nil
}

// spot is a node with its place in its parent.
type spot struct {
	node *source.Node
	// parent is nil for the root.
	parent *source.Node
	// index counts the fields or items of the parent.
	index int
}

func (s spot) field() *source.Field { return &s.parent.Fields[s.index] }

// find follows a pointer. Nodes that stand in the text once and for several
// values are ErrShared.
func (t *tree) find(path Pointer) (spot, error) {
	at := spot{node: t.root}
	for i, step := range path {
		index, err := indexOf(at.node, step)
		if err != nil {
			return at, fmt.Errorf("%s: %w", path[:i+1], err)
		}
		parent := at.node
		at = spot{parent: parent, index: index}
		if parent.Kind == source.Array {
			at.node = parent.Items[index]
		} else {
			at.node = parent.Fields[index].Value
		}
		if at.parent.Kind == source.Object && at.field().Merged || at.node.Alias != (source.Span{}) && i < len(path)-1 {
			return at, ErrShared
		}
	}
	return at, nil
}

var errMissing = errors.New("there is no such value")

func indexOf(node *source.Node, step string) (int, error) {
	switch node.Kind {
	case source.Object:
		for i := len(node.Fields) - 1; i >= 0; i-- {
			if node.Fields[i].Name == step {
				return i, nil
			}
		}
	case source.Array:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(node.Items) {
			return i, nil
		}
	}
	return 0, errMissing
}

// insertIndex reads the last step of a path that adds to an array of n elements.
func insertIndex(step string, n int) (int, error) {
	if step == "-" {
		return n, nil
	}
	i, err := strconv.Atoi(step)
	if err != nil || i < 0 || i > n {
		return 0, fmt.Errorf("index %q: %w", step, errMissing)
	}
	return i, nil
}
