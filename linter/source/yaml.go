package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	yamlv3 "go.yaml.in/yaml/v3"
)

// yamlReader turns the yaml.v3 tree of one document into nodes: structure and
// places are those of yaml.v3, scalars are resolved as yaml.v2 does, which is
// what Kubernetes reads with.
type yamlReader struct {
	text   []byte
	place  placer
	limits Limits
	// nodes counts values, with every alias and merge key written out.
	nodes int
	// done holds the nodes with an anchor and how many values each stands for.
	done map[*yamlv3.Node]anchored
	// nonSpecific are the scalars with the tag "!".
	nonSpecific map[*yamlv3.Node]bool
	// opaque are the scalars, where a "#" is no comment.
	opaque []Span
}

type anchored struct {
	node   *Node
	values int
}

// readYAML reads the one document in a span of a text. It is the reader whose
// word counts; see quickReader for the one that comes before it.
func readYAML(text []byte, span Span, limits Limits) (*Node, []Comment, *fault) {
	marked, body := span, span // with and without the byte order mark, which the parsers do not count
	if start := contentStart(text, span); bytes.HasPrefix(text[start:span.End], bom) {
		marked.Start, body.Start = start, start+len(bom)
	}
	if isUTF16(text[body.Start:body.End]) { // the parsers would take it, and count its bytes otherwise
		return nil, nil, &fault{Encoding, Span{body.Start, body.Start + 2}, "document is UTF-16 text: save it as UTF-8"}
	}
	if !utf8.Valid(text[body.Start:body.End]) { // the parsers do not look behind the end of the value
		return nil, nil, unreadableCharacter(text, body)
	}
	if n := estimateNodes(text[body.Start:body.End]); n > limits.Nodes {
		return nil, nil, &fault{Limit, firstLine(text, span), fmt.Sprintf("document holds about %d values, the limit is %d", n, limits.Nodes)}
	}
	tree, err := parseTree(text[marked.Start:marked.End])
	if err != nil {
		return nil, nil, yamlFault(text, body, err)
	}
	r := &yamlReader{
		text:   text[:body.End],
		place:  newPlacer(text, body),
		limits: limits,
		done:   map[*yamlv3.Node]anchored{},

		nonSpecific: map[*yamlv3.Node]bool{},
	}
	root := &Node{Span: Span{body.Start, body.Start}}
	if len(tree.Content) > 0 {
		var f *fault
		if root, f = r.value(tree.Content[0], 0); f != nil {
			return nil, nil, f
		}
	}
	if f := textAfter(text, body, root); f != nil {
		return nil, nil, f
	}
	comments := appendComments(nil, text, span, r.opaque)
	if f := agree(text, marked, root, limits); f != nil {
		return nil, nil, f
	}
	return root, comments, nil
}

// contentStart is where the text of a document starts: behind a "---" that has
// its line to itself, as kubectl cuts streams.
func contentStart(text []byte, body Span) int {
	line := firstLine(text, body)
	marker, ok := bytes.CutPrefix(text[line.Start:line.End], []byte("---"))
	if !ok || !isBlank(marker) || line.Start != body.Start {
		return body.Start
	}
	for line.End < body.End && (text[line.End] == '\r' || text[line.End] == '\n') {
		line.End++
	}
	return line.End
}

// textAfter finds text behind a root in brackets or quotes, which the parsers
// drop without a word.
func textAfter(text []byte, body Span, root *Node) *fault {
	start := root.Span.Start
	bracketed := root.Kind >= Array && start < body.End && (text[start] == '{' || text[start] == '[')
	rest := Span{root.Span.End, body.End}
	if !bracketed && root.Style != Quoted || isBlank(text[rest.Start:rest.End]) {
		return nil
	}
	for line := firstLine(text, rest); isBlank(text[line.Start:line.End]); line = firstLine(text, rest) {
		rest.Start = line.End
	}
	return &fault{Syntax, firstLine(text, rest), "text after the end of the document's value"}
}

// parseTree is yaml.Unmarshal into a node. yaml.v3 panics where it finds a
// fault of its own, which must not end the run.
func parseTree(text []byte) (tree *yamlv3.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	tree = new(yamlv3.Node)
	err = yamlv3.Unmarshal(text, tree)
	return tree, err
}

func (r *yamlReader) value(n *yamlv3.Node, depth int) (*Node, *fault) {
	if depth > r.limits.Depth {
		return nil, r.fault(n, Limit, fmt.Sprintf("nesting is deeper than %d", r.limits.Depth))
	}
	if n.Kind == yamlv3.AliasNode {
		return r.alias(n)
	}
	before := r.nodes
	if f := r.count(n, 1); f != nil {
		return nil, f
	}
	if n.Anchor != "" {
		r.done[n] = anchored{} // an alias inside of its own anchor finds no node
	}
	var node *Node
	var f *fault
	switch n.Kind {
	case yamlv3.MappingNode:
		node, f = r.mapping(n, depth)
	case yamlv3.SequenceNode:
		node, f = r.sequence(n, depth)
	default:
		node, f = r.scalar(n)
	}
	if f == nil && n.Anchor != "" {
		r.done[n] = anchored{node, r.nodes - before}
	}
	return node, f
}

// count adds values that n brings in and fails where they are too many.
func (r *yamlReader) count(n *yamlv3.Node, values int) *fault {
	if r.nodes += values; r.nodes > r.limits.Nodes {
		return r.fault(n, Limit, fmt.Sprintf("document has more than %d values with its aliases written out", r.limits.Nodes))
	}
	return nil
}

func (r *yamlReader) alias(n *yamlv3.Node) (*Node, *fault) {
	span := r.place.alias(n)
	of := r.done[n.Alias]
	if of.node == nil {
		return nil, &fault{Syntax, span, fmt.Sprintf("anchor %q holds itself", clip(n.Value))}
	}
	if f := r.count(n, of.values); f != nil {
		return nil, f
	}
	node := *of.node
	node.Alias = span
	return &node, nil
}

func (r *yamlReader) sequence(n *yamlv3.Node, depth int) (*Node, *fault) {
	node := &Node{Kind: Array, Items: make([]*Node, 0, len(n.Content))}
	node.Span.Start = r.place.collection(n)
	last := node.Span.Start
	for _, child := range n.Content {
		item, f := r.value(child, depth+1)
		if f != nil {
			return nil, f
		}
		node.Items = append(node.Items, item)
		last = max(last, writtenEnd(item))
	}
	node.Span.End = r.place.closing(node.Span.Start, last)
	return node, nil
}

func (r *yamlReader) mapping(n *yamlv3.Node, depth int) (*Node, *fault) {
	node := &Node{Kind: Object, Fields: make([]Field, 0, len(n.Content)/2)}
	node.Span.Start = r.place.collection(n)
	last := node.Span.Start
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, f := r.value(n.Content[i], depth+1)
		if f != nil {
			return nil, f
		}
		value, f := r.value(n.Content[i+1], depth+1)
		if f != nil {
			return nil, f
		}
		last = max(last, writtenEnd(key), writtenEnd(value))
		if r.isMerge(n.Content[i], key) {
			if f := r.merge(node, n.Content[i+1], value); f != nil {
				return nil, f
			}
			continue
		}
		name, f := r.keyName(n.Content[i], key)
		if f != nil {
			return nil, f
		}
		node.Fields = append(node.Fields, Field{Name: name, NameSpan: written(key), Value: value})
	}
	markOverridden(node.Fields)
	node.Span.End = r.place.closing(node.Span.Start, last)
	return node, nil
}

// merge adds the members that a merge key brings in. yaml.v2 sets them where
// the key stands, so that they override what stands above it; of several
// mappings the first one counts.
func (r *yamlReader) merge(into *Node, n *yamlv3.Node, value *Node) *fault {
	sources := []*Node{value}
	if value.Kind == Array && n.Kind == yamlv3.SequenceNode {
		sources = value.Items
	}
	for i := len(sources) - 1; i >= 0; i-- {
		if sources[i].Kind != Object {
			return r.fault(n, Syntax, `"<<" needs a mapping or a list of mappings`)
		}
		if f := r.count(n, len(sources[i].Fields)); f != nil {
			return f
		}
		for _, field := range sources[i].Fields {
			if !field.Overridden {
				field.Merged = true
				into.Fields = append(into.Fields, field)
			}
		}
	}
	return nil
}

func (r *yamlReader) fault(n *yamlv3.Node, kind ProblemKind, message string) *fault {
	at := r.place.offset(n.Line, n.Column)
	return &fault{kind, firstLine(r.text, Span{at, len(r.text)}), message}
}

// written returns where a node stands in its parent: the alias, if it is one.
func written(n *Node) Span {
	if n.Alias != (Span{}) {
		return n.Alias
	}
	return n.Span
}

func writtenEnd(n *Node) int { return written(n).End }

// estimateNodes counts what values of a YAML text need: commas, brackets,
// colons and dashes. It is right within a factor of two save for text in block
// scalars, and keeps a document from the parser that would not fit in memory.
func estimateNodes(text []byte) int {
	n := 2
	for i, c := range text {
		switch c {
		case ',', '[', '{':
			n++
		case ':', '?', '-':
			if i+1 == len(text) || text[i+1] <= ' ' || text[i+1] == ',' || text[i+1] == '"' || text[i+1] == '\'' || text[i+1] == '{' || text[i+1] == '[' {
				n++
			}
		}
	}
	return n
}
