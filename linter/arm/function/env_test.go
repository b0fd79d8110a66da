package function

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// testEnv is an Env over plain JSON: values of parameters and variables may be
// expressions.
type testEnv struct {
	parameters, variables map[string]any
	context               map[string]*value.Value
	scope                 Scope
	loops                 map[string]int64
	budget                *Budget
	report                func(Diagnostic)
}

func (e *testEnv) named(from map[string]any, name string) (*value.Value, error) {
	for key, v := range from {
		if strings.EqualFold(key, name) {
			if err := e.budget.Enter(); err != nil {
				return nil, err
			}
			defer e.budget.Leave()
			return e.template(v), nil
		}
	}
	return nil, nil
}

func (e *testEnv) Parameter(name string) (*value.Value, error) { return e.named(e.parameters, name) }
func (e *testEnv) Variable(name string) (*value.Value, error)  { return e.named(e.variables, name) }

func (e *testEnv) CopyIndex(name string) (*value.Value, error) {
	if n, ok := e.loops[name]; ok {
		return value.NewInt(n), nil
	}
	return nil, nil
}

func (e *testEnv) Context(name string) (*value.Value, error) {
	if name == "environment" {
		return CloudEnvironment(), nil
	}
	if v := e.context[name]; v != nil {
		return v, nil
	}
	return nil, ErrLocation(name)
}

func (e *testEnv) Scope() Scope { return e.scope }

func (e *testEnv) Resolve(string, []*value.Value) (*value.Value, error) { return nil, nil }

func (e *testEnv) CallUser(namespace, name string, args []*value.Value) (*value.Value, error) {
	if namespace == "my" && name == "twice" && len(args) == 1 {
		return value.NewArray([]*value.Value{args[0], args[0]}), nil
	}
	return nil, ErrFunction(namespace + "." + name)
}

// template evaluates the strings of a JSON value.
func (e *testEnv) template(v any) *value.Value {
	switch v := v.(type) {
	case *value.Value:
		return v
	case bool:
		return value.NewBool(v)
	case json.Number:
		return value.NewNumber(v.String())
	case string:
		return e.evaluate(v)
	case []any:
		var items []*value.Value
		for _, item := range v {
			items = append(items, e.template(item))
		}
		return value.NewArray(items)
	case map[string]any:
		var b value.Builder
		for name, member := range v {
			b.Set(value.Member{Name: name, Value: e.template(member)})
		}
		return b.Object()
	}
	return value.NewNull()
}

// evaluate gives the value of a template string.
func (e *testEnv) evaluate(text string) *value.Value {
	if !expr.IsExpression(text) {
		return value.NewString(expr.Unescape(text))
	}
	x, err := expr.Parse(text)
	if err != nil {
		e.report(Diagnostic{Message: err.Error()})
		return value.NewUnknown(&value.Doubt{Reason: value.TemplateError})
	}
	return Evaluate(Input{Env: e, Budget: e.budget, Report: e.report}, x)
}

// newEnv makes an Env that keeps the messages of its diagnostics.
func newEnv(t testing.TB) (*testEnv, *[]string) {
	t.Helper()
	messages := &[]string{}
	return &testEnv{
		budget: NewBudget(context.Background(), DefaultLimits()),
		report: func(d Diagnostic) {
			if !d.Uncertain {
				*messages = append(*messages, d.Message)
			}
		},
	}, messages
}

// decode reads JSON with exact numbers.
func decode(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// show writes a value as JSON, an unknown one as the text "?".
func show(v *value.Value) string {
	text, err := json.Marshal(v.ToAny(func(*value.Value) any { return "?" }))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

var errDiffers = errors.New("differs")

// same compares a value with JSON; numbers by their value, members in any
// order.
func same(v *value.Value, want any) error {
	text, err := json.Marshal(v.ToAny(func(*value.Value) any { return "?" }))
	if err != nil {
		return fmt.Errorf("writing the value: %w", err)
	}
	var got any
	if err := json.Unmarshal(text, &got); err != nil {
		return fmt.Errorf("reading the value: %w", err)
	}
	wantText, err := json.Marshal(want)
	if err != nil {
		return fmt.Errorf("writing what is wanted: %w", err)
	}
	var plain any
	if err := json.Unmarshal(wantText, &plain); err != nil {
		return fmt.Errorf("reading what is wanted: %w", err)
	}
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(plain)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if string(a) != string(b) {
		return fmt.Errorf("%w: got %s, want %s", errDiffers, a, b)
	}
	return nil
}
