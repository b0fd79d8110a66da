package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// schema is the part of JSON Schema that schema.json uses.
type schema struct {
	Description          string             `json:"description"`
	Type                 string             `json:"type"`
	Enum                 []string           `json:"enum"`
	Required             []string           `json:"required"`
	Properties           map[string]*schema `json:"properties"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
	Items                *schema            `json:"items"`
}

// additional is the schema of members without one of their own; closed where there
// may be none.
func (s *schema) additional() (sub *schema, closed bool) {
	switch text := string(s.AdditionalProperties); text {
	case "false":
		return nil, true
	case "", "true":
		return nil, false
	}
	sub = &schema{}
	if json.Unmarshal(s.AdditionalProperties, sub) != nil {
		return nil, false
	}
	return sub, false
}

// kinds are the node kinds that a schema's type allows.
var kinds = map[string][]source.Kind{
	"object":  {source.Object},
	"array":   {source.Array},
	"string":  {source.String},
	"boolean": {source.Bool},
	"integer": {source.Int},
	"number":  {source.Int, source.Float},
}

// check lists what is wrong with a node, each with its place.
func check(file *source.File, node *source.Node, s *schema, name string) []error {
	if isOff(file, node, s) {
		return nil
	}
	if s.Type != "" && !slices.Contains(kinds[s.Type], node.Kind) {
		return []error{problem(file, node.Span, "%s is of type %s, want %s", quoted(name), node.Kind, s.Type)}
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, node.Text) {
		return []error{problem(file, node.Span, "%s is %q, want %s", quoted(name), node.Text, strings.Join(s.Enum, ", "))}
	}
	var errs []error
	for _, required := range s.Required {
		if node.Get(required) == nil {
			errs = append(errs, problem(file, node.Span, "%s lacks %q", quoted(name), required))
		}
	}
	for _, f := range node.Fields {
		errs = append(errs, checkField(file, f, s)...)
	}
	if s.Items != nil {
		for _, item := range node.Items {
			errs = append(errs, check(file, item, s.Items, name)...)
		}
	}
	return errs
}

// wordOff is a word for which YAML 1.1 reads a boolean.
const wordOff = "off"

// isOff says whether a boolean was written as the word that the schema allows.
func isOff(file *source.File, node *source.Node, s *schema) bool {
	return node.Kind == source.Bool && slices.Contains(s.Enum, wordOff) &&
		strings.EqualFold(string(file.Text[node.Span.Start:node.Span.End]), wordOff)
}

// withWords is a plain value with the word where YAML made a boolean of it. The
// value has been checked.
func withWords(v any, s *schema) any {
	switch v := v.(type) {
	case bool:
		if slices.Contains(s.Enum, wordOff) {
			return wordOff
		}
	case map[string]any:
		rest, _ := s.additional()
		for name := range v {
			sub, ok := s.Properties[name]
			if !ok {
				sub = rest
			}
			if sub != nil {
				v[name] = withWords(v[name], sub)
			}
		}
	case []any:
		for i := range v {
			if s.Items != nil {
				v[i] = withWords(v[i], s.Items)
			}
		}
	}
	return v
}

func checkField(file *source.File, f source.Field, s *schema) []error {
	if f.Overridden {
		return []error{problem(file, f.NameSpan, "key %q stands twice", f.Name)}
	}
	if sub, ok := s.Properties[f.Name]; ok {
		return check(file, f.Value, sub, f.Name)
	}
	sub, closed := s.additional()
	switch {
	case closed:
		known := slices.Sorted(maps.Keys(s.Properties))
		return []error{problem(file, f.NameSpan, "unknown key %q%s", f.Name, suggestion(f.Name, known))}
	case sub != nil:
		return check(file, f.Value, sub, f.Name)
	}
	return nil
}

func quoted(name string) string {
	if name == "" {
		return "the configuration"
	}
	return fmt.Sprintf("%q", name)
}

func problem(file *source.File, span source.Span, format string, args ...any) error {
	at := file.Position(span.Start)
	return fmt.Errorf("%s:%d:%d: "+format, append([]any{file.Path, at.Line, at.Column}, args...)...)
}

// suggestion names the known key that is closest, or else all of them.
func suggestion(name string, known []string) string {
	best, distance := "", 1+len(name)/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(name, k); d <= distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf(", did you mean %q?", best)
	}
	return ": known are " + strings.Join(known, ", ")
}
