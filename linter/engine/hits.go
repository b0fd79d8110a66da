package engine

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Bounds of one hit.
const (
	maxMessage  = 2000 // bytes of a message or a step of evidence
	maxEvidence = 100
	maxPath     = 100
	maxPatch    = 20
)

// addHits adds the members of a verdict, in OPA's order of values. A member
// that breaks the contract is a Failure.
func (e *Engine) addHits(res *Result, q *query, verdict *ast.Term) {
	if verdict == nil {
		return
	}
	set, ok := verdict.Value.(ast.Set)
	if !ok {
		res.Failures = append(res.Failures, Failure{q.rule.ID, q.place, "deny is no set"})
		return
	}
	members := set.Slice()
	if len(members) > e.opts.MaxHits {
		res.Failures = append(res.Failures, Failure{q.rule.ID, q.place, fmt.Sprintf("%d violations in one resource, more than %d: the rest is left out", len(members), e.opts.MaxHits)})
		members = members[:e.opts.MaxHits]
	}
	for _, member := range members {
		hit, err := readHit(q.rule, member.Value)
		if err != nil {
			res.Failures = append(res.Failures, Failure{q.rule.ID, q.place, cut(err.Error(), maxMessage)})
			continue
		}
		res.Hits = append(res.Hits, hit)
	}
}

// readHit reads one member of deny.
func readHit(rule *Rule, v ast.Value) (Hit, error) {
	hit := Hit{Rule: rule.ID, Severity: rule.Severity}
	object, ok := v.(ast.Object)
	if !ok {
		return hit, fmt.Errorf("a member of deny is %s, want an object with path and message", ast.ValueName(v))
	}
	err := object.Iter(func(k, v *ast.Term) error {
		key, _ := k.Value.(ast.String)
		if err := hit.set(string(key), v.Value); err != nil {
			return fmt.Errorf("%s of a violation: %w", k, err)
		}
		return nil
	})
	if err != nil {
		return hit, err
	}
	if hit.Message == "" {
		return hit, fmt.Errorf("a violation has no message")
	}
	if hit.Path == nil {
		return hit, fmt.Errorf("a violation has no path")
	}
	return hit, nil
}

func (h *Hit) set(key string, v ast.Value) (err error) {
	switch key {
	case "path":
		h.Path, err = readPath(v)
	case "message":
		h.Message, err = readText(v)
	case "evidence":
		h.Evidence, err = readTexts(v)
	case "resource":
		h.Resource, err = readText(v)
		h.Resource = strings.ToLower(h.Resource)
	case "severity":
		var severity string
		if severity, err = readText(v); err == nil && !Severity(severity).valid() {
			err = fmt.Errorf("%q is none of error, warning, note", severity)
		}
		h.Severity = Severity(severity)
	case "fix":
		h.Fix, err = readPatch(v)
	default:
		err = fmt.Errorf("want path, message, evidence, severity, resource or fix")
	}
	return err
}

func readText(v ast.Value) (string, error) {
	s, ok := v.(ast.String)
	if !ok {
		return "", fmt.Errorf("want a string, have %s", ast.ValueName(v))
	}
	return cut(string(s), maxMessage), nil
}

func readTexts(v ast.Value) ([]string, error) {
	list, ok := v.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("want a list of strings, have %s", ast.ValueName(v))
	}
	var out []string
	for i := range min(list.Len(), maxEvidence) {
		s, err := readText(list.Elem(i).Value)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// readPath reads a path of strings and whole numbers.
func readPath(v ast.Value) ([]any, error) {
	list, ok := v.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("want a list of names and indexes, have %s", ast.ValueName(v))
	}
	if list.Len() > maxPath {
		return nil, fmt.Errorf("has %d steps, more than %d", list.Len(), maxPath)
	}
	path := make([]any, 0, list.Len())
	for i := range list.Len() {
		switch step := list.Elem(i).Value.(type) {
		case ast.String:
			path = append(path, string(step))
		case ast.Number:
			n, ok := step.Int()
			if !ok || n < 0 {
				return nil, fmt.Errorf("%s is no index", step)
			}
			path = append(path, n)
		default:
			return nil, fmt.Errorf("want names and indexes, have %s", ast.ValueName(step))
		}
	}
	return path, nil
}

func readPatch(v ast.Value) ([]PatchOp, error) {
	list, ok := v.(*ast.Array)
	if !ok || list.Len() > maxPatch {
		return nil, fmt.Errorf("want a JSON Patch of at most %d operations", maxPatch)
	}
	plain, err := ast.JSON(v)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(plain)
	if err != nil {
		return nil, err
	}
	var ops []PatchOp
	decoder := json.NewDecoder(strings.NewReader(string(encoded)))
	decoder.UseNumber()
	if err := decoder.Decode(&ops); err != nil {
		return nil, fmt.Errorf("is no JSON Patch: %w", err)
	}
	return ops, nil
}

// cut shortens a text to at most n bytes at a character's border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
