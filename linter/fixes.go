package linter

import (
	"context"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/edit"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// maxFixBytes bounds the text that is read again to work out fixes in one run.
// Findings beyond it come without edits; fixing the others makes room.
const maxFixBytes = 32 << 20

// patch is the fix of a finding as operations on its document.
type patch struct {
	doc *source.Document
	ops []edit.Operation
}

// cost estimates the bytes that are read to work the patch out.
func (p *patch) cost() int {
	return (p.doc.Span.End - p.doc.Span.Start) * (len(p.ops) + 1)
}

// addFixes works out the text edits of the findings that have a fix.
func (r *run) addFixes(ctx context.Context, report *Report) error {
	report.Sources = map[string][]byte{}
	var fixable []*Finding
	budget := maxFixBytes
	for i := range report.Findings {
		f := &report.Findings[i]
		// What holds for some parameter values only has no one right answer.
		if f.patch == nil || len(f.When) > 0 || budget < f.patch.cost() {
			continue
		}
		budget -= f.patch.cost()
		fixable = append(fixable, f)
	}
	err := inParallel(ctx, len(fixable), func(i int) error {
		f := fixable[i]
		replacements, err := edit.Patch(ctx, f.patch.doc, f.patch.ops)
		if err != nil {
			// No edit does this and no more: the finding stands without a fix.
			return nil
		}
		for _, e := range replacements {
			f.Fixes = append(f.Fixes, Edit{File: f.patch.doc.File.Path, Start: e.Start, End: e.End, New: e.New})
		}
		return nil
	})
	for _, f := range fixable {
		if len(f.Fixes) > 0 {
			report.Sources[f.patch.doc.File.Path] = f.patch.doc.File.Text
		}
	}
	return err
}

// manifestPatch is the fix of a finding in a Kubernetes object or values file.
func manifestPatch(o object, ops []engine.PatchOp) *patch {
	if len(ops) == 0 {
		return nil
	}
	base, _, ok := edit.To(o.doc.Tree(), o.tree().Span)
	if !ok {
		return nil
	}
	p := &patch{doc: o.doc}
	for _, op := range ops {
		path, err := edit.ParsePointer(op.Path)
		from, fromErr := edit.ParsePointer(op.From)
		if err != nil || fromErr != nil {
			return nil
		}
		p.ops = append(p.ops, edit.Operation{Op: op.Op, Path: under(base, path), From: under(base, from), Value: op.Value})
	}
	return p
}

func under(base, path edit.Pointer) edit.Pointer {
	return append(base[:len(base):len(base)], path...)
}

// templatePatch is the fix of a finding in an ARM resource, nil where it would
// have to edit anything but literal text of the template: values that an expression, a
// variable or a parameter makes stand elsewhere and may serve others.
func templatePatch(documentOf func(*source.File) *source.Document, res *arm.Resource, ops []engine.PatchOp) *patch {
	var p *patch
	for _, op := range ops {
		path, err := edit.ParsePointer(op.Path)
		if err != nil || len(path) == 0 {
			return nil
		}
		doc, at := templatePointer(documentOf, res, op.Op, path)
		if doc == nil || p != nil && p.doc != doc || isExpression(op.Value) {
			return nil
		}
		if p == nil {
			p = &patch{doc: doc}
		}
		p.ops = append(p.ops, edit.Operation{Op: op.Op, Path: at, Value: op.Value})
	}
	return p
}

// templatePointer leads to the text that a path inside of an evaluated
// resource was made from.
func templatePointer(documentOf func(*source.File) *source.Document, res *arm.Resource, op string, path edit.Pointer) (*source.Document, edit.Pointer) {
	last := len(path) - 1
	parent := memberAt(res.Value, path[:last])
	target := memberAt(parent, path[last:])
	switch {
	case op == "replace" && target != nil:
		doc, at, node := writtenAt(documentOf, target)
		if node == nil || node.Kind != source.String || node.Text != target.Str || isExpression(node.Text) {
			return nil, nil
		}
		return doc, at
	case op == "remove" && target != nil, op == "add" && target == nil:
		doc, at, node := writtenAt(documentOf, parent)
		if node == nil || node.Kind != source.Object {
			return nil, nil
		}
		name := path[last]
		for _, f := range node.Fields {
			if strings.EqualFold(f.Name, name) {
				return doc, append(at, f.Name)
			}
		}
		if op == "add" {
			return doc, append(at, name)
		}
	}
	return nil, nil
}

// writtenAt is the node that a value was written as; nil where no text of a
// template holds just this value.
func writtenAt(documentOf func(*source.File) *source.Document, v *value.Value) (*source.Document, edit.Pointer, *source.Node) {
	if v == nil || v.Origin == nil || v.Origin.File == nil {
		return nil, nil, nil
	}
	doc := documentOf(v.Origin.File)
	if doc == nil {
		return nil, nil, nil
	}
	at, node, ok := edit.To(doc.Root, v.Origin.Span)
	if !ok {
		return nil, nil, nil
	}
	return doc, at, node
}

func memberAt(v *value.Value, path edit.Pointer) *value.Value {
	for _, step := range path {
		if v == nil {
			return nil
		}
		if v.Kind == value.Array {
			i, ok := arrayIndex(step, len(v.Items))
			if !ok {
				return nil
			}
			v = v.Items[i]
			continue
		}
		v, _ = child(v, step)
	}
	return v
}

func arrayIndex(step string, n int) (int, bool) {
	i := 0
	for _, c := range step {
		if c < '0' || c > '9' || i > n {
			return 0, false
		}
		i = i*10 + int(c-'0')
	}
	return i, step != "" && i < n
}

// isExpression says whether Azure Resource Manager would evaluate a text.
func isExpression(v any) bool {
	s, ok := v.(string)
	return ok && strings.HasPrefix(s, "[")
}

// templateOf is the document of a template that was judged; facts are none.
func (r *run) templateOf(file *source.File) *source.Document {
	doc, _ := r.templates.Load(file)
	d, _ := doc.(*source.Document)
	return d
}
