package source

import (
	"context"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	sigsyaml "sigs.k8s.io/yaml"
)

const readDifferently = "the two YAML parsers that Kubernetes tools use read this value differently: write it in a plainer way"

// agree makes sure that a document reads as Kubernetes reads it: what
// sigs.k8s.io/yaml refuses is refused, and a value that it would read in
// another way is a problem and not a guess.
func agree(text []byte, span Span, root *Node, limits Limits) *fault {
	body := text[span.Start:span.End]
	want, err := kubernetesJSON(body)
	if err != nil {
		if n := notFiniteNode(root); n != nil {
			return &fault{Syntax, n.Span, fmt.Sprintf("JSON, and so Kubernetes, has no number %q", n.Text)}
		}
		return yamlFault(text, span, err)
	}
	limits.Depth, limits.Nodes = limits.Depth+1, 2*limits.Nodes
	doc, f := readJSON(context.Background(), NewFile("", want), Span{0, len(want)}, limits)
	if f != nil {
		return &fault{Syntax, firstLine(text, span), "cannot be read as Kubernetes reads it: " + f.message}
	}
	if at := firstDifference(root, doc.Root); at != nil {
		return &fault{Syntax, firstLine(text, at.Span), readDifferently}
	}
	return nil
}

// notFiniteNode returns the first number that is infinite or none at all.
func notFiniteNode(n *Node) *Node {
	if n.Kind == Float && strings.ContainsAny(n.Text, "nN") {
		return n
	}
	for _, item := range n.Items {
		if found := notFiniteNode(item); found != nil {
			return found
		}
	}
	for _, f := range n.Fields {
		if found := notFiniteNode(f.Value); found != nil {
			return found
		}
	}
	return nil
}

// kubernetesJSON is sigs.k8s.io/yaml's own reading. A panic of the parser must
// not end the run.
func kubernetesJSON(body []byte) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	return sigsyaml.YAMLToJSON(body)
}

// firstDifference returns the first node that differs from its JSON form, nil
// for none.
func firstDifference(n, want *Node) *Node {
	if n.Kind != want.Kind || n.Text != want.Text || len(n.Items) != len(want.Items) {
		return n
	}
	for i, item := range n.Items {
		if at := firstDifference(item, want.Items[i]); at != nil {
			return at
		}
	}
	if n.Kind != Object {
		return nil
	}
	fields := make([]*Field, 0, len(n.Fields))
	doubled := map[string]bool{} // sigs.k8s.io/yaml itself takes 1 or "1" at random
	for i := range n.Fields {
		if n.Fields[i].Overridden {
			doubled[n.Fields[i].Name] = true
			continue
		}
		fields = append(fields, &n.Fields[i])
	}
	if len(fields) != len(want.Fields) {
		return n
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	for i, f := range fields {
		if f.Name != want.Fields[i].Name {
			return n
		}
		if at := firstDifference(f.Value, want.Fields[i].Value); at != nil && !doubled[f.Name] {
			return at
		}
	}
	return nil
}

var (
	yamlLine   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^line (\d+): `) })
	yamlAnchor = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`unknown anchor '(.*)' referenced|anchor '(.*)' value contains itself`)
	})
)

// yamlFault gives a parser's error its place: the line it names, the alias it
// names, or the character it cannot read. It asks sigs.k8s.io/yaml first, so
// that messages are those of kubectl.
func yamlFault(text []byte, span Span, err error) *fault {
	body := text[span.Start:span.End]
	if _, kubernetes := kubernetesJSON(body); kubernetes != nil {
		err = kubernetes
	}
	if f := unreadableCharacter(text, span); f != nil {
		return f
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	message = strings.TrimSpace(strings.TrimPrefix(message, "unmarshal errors:"))
	if m := yamlAnchor().FindStringSubmatch(message); m != nil {
		name := m[1] + m[2]
		if i := strings.Index(string(body), "*"+name); i >= 0 {
			at := span.Start + i
			return &fault{Syntax, Span{at, at + 1 + len(name)}, message}
		}
	}
	kind := Syntax
	if strings.Contains(message, "excessive aliasing") || strings.Contains(message, "exceeded max depth") {
		kind = Limit
	}
	p := newPlacer(text, span)
	line := 1
	if end := p.lineEnd(span.Start); markerOf(text[span.Start:end]) == documentStart && !inlineText(text[span.Start+3:end]) {
		line = 2
	}
	if m := yamlLine().FindStringSubmatch(message); m != nil {
		message = message[len(m[0]):]
		line, _ = strconv.Atoi(m[1])
		// yaml.v2 counts the lines of its parser, unlike those of its scanner,
		// from 0.
		if strings.HasPrefix(message, "did not find expected") {
			line++
		}
	}
	line = min(max(line, 1), len(p.lines))
	at := func() Span { start := int(p.lines[line-1]); return Span{start, p.lineEnd(start)} }
	for line > 1 && isBlank(text[at().Start:at().End]) {
		line--
	}
	return &fault{kind, firstLine(text, at()), message}
}

// unreadableCharacter finds the first character that YAML does not allow.
func unreadableCharacter(text []byte, span Span) *fault {
	for at := span.Start; at < span.End; {
		c, width := utf8.DecodeRune(text[at:span.End])
		switch {
		case c == utf8.RuneError && width == 1:
			return &fault{Encoding, Span{at, at + 1}, fmt.Sprintf("byte 0x%02x is no UTF-8", text[at])}
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c >= 0x7F && c < 0xA0 && c != 0x85, c == 0xFEFF, c == 0xFFFE, c == 0xFFFF:
			return &fault{Encoding, Span{at, at + width}, fmt.Sprintf("character U+%04X is not allowed in YAML", c)}
		}
		at += width
	}
	return nil
}
