package arm

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// expectation is one thing that an oracle row says of an expansion.
type expectation struct {
	Output       *string
	NestedOutput *struct{ Deployment, Output string } `json:"nested_output"`
	Variable     *string
	Resource     *resourceKey
	ResourceNth  *struct {
		Type  string
		Index int
	} `json:"resource_nth"`
	ResourceCount *resourceKey `json:"resource_count"`
	AnyResource   bool         `json:"any_resource"`
	Resources     []resourceKey
	Exact         bool
	Nested        string

	Path         string
	Equals       json.RawMessage
	OrEquals     json.RawMessage `json:"or_equals"`
	Alternatives []json.RawMessage
	AndPath      string          `json:"and_path"`
	AndEquals    json.RawMessage `json:"and_equals"`
	Length       *int
	HasKey       *string `json:"has_key"`
	Exists       *bool
	ID           *string
	Origin       *string
	Unknown      bool
	MayBeUnknown bool `json:"may_be_unknown"`

	NoError            bool `json:"no_error"`
	Error              bool
	ErrorContains      string `json:"error_contains"`
	DiagnosticContains string `json:"diagnostic_contains"`
}

type resourceKey struct{ Type, Name string }

func (k resourceKey) fits(r *Resource) bool {
	return !r.Existing && strings.EqualFold(k.Type, r.Type) && (k.Name == "" || k.Name == r.Name)
}

// judge says what is not as expected, "" where all is.
func (w expectation) judge(d *Deployment, doc *source.Document) string {
	switch {
	case w.NoError, w.Error, w.ErrorContains != "", w.DiagnosticContains != "":
		return w.judgeDiagnostics(d)
	case w.Exact:
		return w.judgeAll(d)
	case w.ResourceCount != nil:
		n := 0
		for _, r := range d.Resources {
			if w.ResourceCount.fits(r) {
				n++
			}
		}
		return w.judgeAny([]*value.Value{value.NewInt(int64(n))})
	case w.ID != nil || w.Origin != nil:
		return w.judgePlace(d, doc)
	}
	return w.judgeAny(w.candidates(d))
}

func (w expectation) judgeDiagnostics(d *Deployment) string {
	var errors, all []string
	for _, diag := range d.Diagnostics {
		all = append(all, diag.Message)
		if diag.Severity == Error {
			errors = append(errors, diag.Message)
		}
	}
	in := func(messages []string, text string) bool {
		return strings.Contains(strings.ToLower(strings.Join(messages, "\n")), strings.ToLower(text))
	}
	switch {
	case w.NoError && len(errors) > 0, w.Error && len(errors) == 0,
		w.ErrorContains != "" && !in(errors, w.ErrorContains), w.DiagnosticContains != "" && !in(all, w.DiagnosticContains):
		return fmt.Sprintf("diagnostics: %q", all)
	}
	return ""
}

func (w expectation) judgeAll(d *Deployment) string {
	var deployed []*Resource
	for _, r := range d.Resources {
		if !r.Existing {
			deployed = append(deployed, r)
		}
	}
	if len(deployed) != len(w.Resources) {
		return fmt.Sprintf("%d resources, want %d", len(deployed), len(w.Resources))
	}
	for _, k := range w.Resources {
		found := false
		for _, r := range deployed {
			found = found || k.fits(r)
		}
		if !found {
			return fmt.Sprintf("no %v", k)
		}
	}
	return ""
}

func (w expectation) judgePlace(d *Deployment, doc *source.Document) string {
	var seen []string
	for _, r := range d.Resources {
		if !w.Resource.fits(r) {
			continue
		}
		if w.ID != nil {
			if r.ID == *w.ID && r.IDKnown {
				return ""
			}
			seen = append(seen, r.ID)
			continue
		}
		node, _, _ := doc.Root.Locate(steps(*w.Origin), false)
		if r.Origin.Span == node.Span {
			return ""
		}
		seen = append(seen, fmt.Sprint(r.Origin.Span))
	}
	return fmt.Sprintf("%v: %q", *w.Resource, seen)
}

// candidates are the values that one of must be as expected.
func (w expectation) candidates(d *Deployment) []*value.Value {
	var list []*value.Value
	output := func(outputs []Output, name string) {
		for _, o := range outputs {
			if strings.EqualFold(o.Name, name) {
				list = append(list, o.Value)
			}
		}
	}
	switch {
	case w.Output != nil:
		output(d.Outputs, *w.Output)
	case w.NestedOutput != nil:
		for _, n := range d.Nested {
			if n.Name == w.NestedOutput.Deployment {
				output(n.Outputs, w.NestedOutput.Output)
			}
		}
	case w.Variable != nil:
		list = append(list, d.variable(*w.Variable))
	case w.ResourceNth != nil:
		n := 0
		for _, r := range d.Resources {
			if strings.EqualFold(r.Type, w.ResourceNth.Type) {
				if n == w.ResourceNth.Index {
					list = append(list, r.Value)
				}
				n++
			}
		}
	default:
		for _, r := range d.Resources {
			inNested := w.Nested == "" || strings.HasSuffix(r.Deployment, "/"+w.Nested)
			if inNested && (w.AnyResource || w.Resource.fits(r)) {
				list = append(list, r.Value)
			}
		}
	}
	return list
}

func (w expectation) judgeAny(candidates []*value.Value) string {
	var seen []string
	for _, v := range candidates {
		wrong := w.judgeValue(at(v, w.Path), w.Equals)
		if wrong == "" && w.AndPath != "" {
			wrong = w.judgeValue(at(v, w.AndPath), w.AndEquals)
		}
		if wrong == "" {
			return ""
		}
		seen = append(seen, wrong)
	}
	want, _ := json.Marshal(w)
	return fmt.Sprintf("got %q of %d candidates, want %s", seen, len(candidates), want)
}

func (w expectation) judgeValue(v *value.Value, equals json.RawMessage) string {
	if w.Exists != nil {
		if *w.Exists != (v != nil) {
			return fmt.Sprintf("exists: %v", v != nil)
		}
		return ""
	}
	switch {
	case v == nil:
		return "absent"
	case v.HoldsUnknown() && (w.MayBeUnknown || w.Unknown):
		return ""
	case w.HasKey != nil && v.Get(*w.HasKey) != nil:
		return ""
	case w.Length != nil && len(v.Items) == *w.Length:
		return ""
	}
	got := plain(v)
	for _, want := range append([]json.RawMessage{equals, w.OrEquals}, w.Alternatives...) {
		if want != nil && reflect.DeepEqual(got, decode(want)) {
			return ""
		}
	}
	return fmt.Sprintf("%v", got)
}

// plain is a value as encoding/json decodes it, unknown values as text.
func plain(v *value.Value) any {
	any := v.ToAny(func(v *value.Value) any { return "unknown: " + string(v.Doubt.Reason) + ": " + v.Doubt.Expr })
	text, err := json.Marshal(any)
	if err != nil {
		return err.Error()
	}
	return decode(text)
}

func decode(text []byte) any {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return err.Error()
	}
	return v
}

// path reads a.b[0].c.
func steps(text string) []any {
	var list []any
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if n, err := strconv.Atoi(part); err == nil {
			list = append(list, n)
		} else {
			list = append(list, part)
		}
	}
	return list
}

// at returns the value at a path, nil where there is none.
func at(v *value.Value, text string) *value.Value {
	for _, step := range steps(text) {
		if v, _ = child(v, step); v == nil {
			return nil
		}
	}
	return v
}

// variable evaluates a variable of the template without parameters.
func (d *Deployment) variable(name string) *value.Value { return d.root.variable(name) }
