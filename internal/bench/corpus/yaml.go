package corpus

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// yamlWriter writes documents in the style of one author: where people differ,
// so do the files.
type yamlWriter struct {
	bytes.Buffer
	dice  dice
	style yamlStyle
}

// yamlStyle has its shares in percent.
type yamlStyle struct {
	indentedLists bool // the dashes of a list stand two blanks right of its key
	quotes        int  // strings that are quoted without need
	single        bool // the quotes are single ones where they can be
	flow          int  // short lists and mappings on one line
	comments      int  // lines with a comment behind them
	folded        int  // long texts that are folded
}

func newStyle(d dice) yamlStyle {
	return yamlStyle{
		indentedLists: d.chance(60), quotes: pick(d, 0, 0, 0, 5, 30), single: d.chance(25),
		flow: pick(d, 0, 0, 5, 25), comments: pick(d, 0, 0, 1, 4), folded: pick(d, 0, 50, 100),
	}
}

// document writes an object at the top level.
func (w *yamlWriter) document(o object) { w.fields(0, o, false) }

// fields writes an object; inline is where the line of the first key has begun
// with a dash.
func (w *yamlWriter) fields(indent int, o object, inline bool) {
	for i, f := range o {
		if !inline || i > 0 {
			w.blanks(indent)
		}
		w.WriteString(w.key(f.key) + ":")
		w.behindKey(indent, f.value)
	}
}

// behindKey writes the value of a key that is indented by so many blanks.
func (w *yamlWriter) behindKey(indent int, v any) {
	switch v := v.(type) {
	case anchored:
		w.WriteString(" &" + v.name)
		w.behindKey(indent, v.value)
	case alias:
		w.WriteString(" *" + v.name + "\n")
	case object:
		if len(v) == 0 || w.flows(v) {
			w.WriteString(" " + w.flow(v))
			w.endLine()
			return
		}
		w.endLine()
		w.fields(indent+2, v, false)
	case list:
		if len(v) == 0 || w.flows(v) {
			w.WriteString(" " + w.flow(v))
			w.endLine()
			return
		}
		w.endLine()
		if w.style.indentedLists {
			indent += 2
		}
		w.items(indent, v)
	case string:
		w.text(indent, v)
	default:
		w.WriteString(" " + w.scalar(v))
		w.endLine()
	}
}

func (w *yamlWriter) items(indent int, l list) {
	for _, item := range l {
		w.blanks(indent)
		w.WriteByte('-')
		switch item := item.(type) {
		case object:
			if len(item) == 0 || w.flows(item) {
				w.WriteString(" " + w.flow(item))
				w.endLine()
				continue
			}
			w.WriteByte(' ')
			w.fields(indent+2, item, true)
		case string:
			w.text(indent, item)
		default:
			w.WriteString(" " + w.flow(item))
			w.endLine()
		}
	}
}

// text writes a string behind a key or a dash: as a block where it has several
// lines or is long.
func (w *yamlWriter) text(indent int, text string) {
	switch {
	case strings.Contains(text, "\n") && !strings.HasPrefix(text, " ") && !strings.HasSuffix(text, "\n\n"):
		header := " |"
		if !strings.HasSuffix(text, "\n") {
			header = " |-"
		}
		w.WriteString(header + "\n")
		for line := range strings.Lines(text) {
			if line != "\n" {
				w.blanks(indent + 2)
			}
			w.WriteString(strings.TrimSuffix(line, "\n") + "\n")
		}
	case len(text) > 80 && foldable.MatchString(text) && w.dice.chance(w.style.folded):
		w.WriteString(" >-\n")
		w.fold(indent+2, text)
	default:
		w.WriteString(" " + w.scalar(text))
		w.endLine()
	}
}

// foldable is text with single blanks between its words alone.
var foldable = regexp.MustCompile(`^\S+( \S+)*$`)

func (w *yamlWriter) fold(indent int, text string) {
	width := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			w.blanks(indent)
		case width+len(word) > 72:
			w.WriteByte('\n')
			w.blanks(indent)
			width = 0
		default:
			w.WriteByte(' ')
		}
		w.WriteString(word)
		width += len(word) + 1
	}
	w.WriteByte('\n')
}

// flows decides whether a collection is written on one line: those of a few
// short scalars can be.
func (w *yamlWriter) flows(v any) bool {
	short := func(v any) bool {
		switch v := v.(type) {
		case string:
			return len(v) < 20 && !strings.Contains(v, "\n")
		case int, bool:
			return true
		}
		return false
	}
	switch v := v.(type) {
	case object:
		for _, f := range v {
			if !short(f.value) {
				return false
			}
		}
		return len(v) <= 3 && w.dice.chance(w.style.flow)
	case list:
		for _, item := range v {
			if !short(item) {
				return false
			}
		}
		return len(v) <= 4 && w.dice.chance(w.style.flow)
	}
	return false
}

// flow is a value on one line.
func (w *yamlWriter) flow(v any) string {
	var parts []string
	switch v := v.(type) {
	case object:
		for _, f := range v {
			parts = append(parts, w.key(f.key)+": "+w.flow(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case list:
		for _, item := range v {
			parts = append(parts, w.flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return w.scalar(v)
}

func (w *yamlWriter) scalar(v any) string {
	switch v := v.(type) {
	case string:
		if plainText.MatchString(v) && !reserved[strings.ToLower(v)] && !w.dice.chance(w.style.quotes) {
			return v
		}
		if w.style.single && !strings.ContainsAny(v, "'\n\t") {
			return "'" + v + "'"
		}
		return jsonString(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	}
	panic(fmt.Sprintf("no YAML for %T", v))
}

// plainText is what every reader of YAML takes for the string as written, in
// a flow collection too.
var plainText = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9_./-]*([: ][A-Za-z0-9_./-]+)*$`)

// reserved words are something else than a string where they stand plain.
var reserved = map[string]bool{
	"true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true, "null": true,
}

func (w *yamlWriter) key(key string) string {
	if plainText.MatchString(key) && !strings.Contains(key, ":") && !reserved[strings.ToLower(key)] {
		return key
	}
	return jsonString(key)
}

func (w *yamlWriter) endLine() {
	if w.dice.chance(w.style.comments) {
		w.WriteString(" # " + w.dice.sentence(w.dice.between(2, 6)))
	}
	w.WriteByte('\n')
}

func (w *yamlWriter) blanks(n int) {
	for range n {
		w.WriteByte(' ')
	}
}
