package linter

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// helmValuesKind is the kind that rules target to judge values of a Helm chart.
const helmValuesKind = "helm/values"

// notRendered is the doubt about a value that a text template fills in.
const notRendered value.Reason = "filled in by a template tool"

// placeholder finds what tools fill into manifests before they are applied:
// Helm and Jinja, Flux and envsubst, Azure Pipelines' token replacement.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{[^{}]*\}\}|\{%.*?%\}|\$\{[A-Za-z_][^{}]*\}|#\{[^{}]+\}#`)
})

// isUnfilled says whether a text holds what a tool still fills in.
func isUnfilled(text string) bool {
	return strings.IndexByte(text, '{') >= 0 && placeholder().MatchString(text)
}

// subject is one Kubernetes object, or one values file, to be judged.
type subject struct {
	object
	result engine.Result
	judged bool
}

// judgeManifests judges each Kubernetes object and Helm values file that a
// rule targets.
func (r *run) judgeManifests(ctx context.Context, ws *workspace) error {
	subjects := make([]subject, 0, len(ws.manifests))
	for _, o := range ws.manifests {
		if r.targeted(o.kind) || r.targeted(engine.EveryKind) {
			subjects = append(subjects, subject{object: o})
		}
	}
	for _, doc := range ws.values {
		subjects = append(subjects, subject{object: object{doc: doc.Document, node: doc.Root, kind: helmValuesKind}})
	}
	err := r.inStage(ctx, "judging manifests", len(subjects), func(i int) error {
		s := &subjects[i]
		resource, err := engine.Prepare(r.objectValue(s.object))
		if err != nil {
			return fmt.Errorf("judging %s: %w", s.name(), err)
		}
		workspace, err := ws.input(ws.viewOfManifest(s.doc.File.Path))
		if err != nil {
			return err
		}
		s.result, err = r.engine.Eval(ctx, engine.Input{Kind: s.kind, Resource: resource, Workspace: workspace})
		if err != nil {
			return fmt.Errorf("judging %s: %w", s.name(), err)
		}
		// Which rules were asked is the same for all of a kind.
		s.result.Evaluated = nil
		s.judged = true
		return nil
	})
	for i := range subjects {
		if subjects[i].judged {
			r.collectManifest(&subjects[i])
		}
	}
	return err
}

// collectManifest adds what was found in a subject to the run.
func (r *run) collectManifest(s *subject) {
	r.summary.Resources++
	r.failures = append(r.failures, s.result.Failures...)
	if s.node != nil {
		r.duplicateKeys(s.doc.File, s.node, 0)
	}
	if len(s.result.Hits)+len(s.result.Undecided) == 0 {
		return
	}
	o := s.object
	o.node = o.tree()
	name := o.name()
	for _, hit := range s.result.Hits {
		f := r.hitFinding(hit, name)
		f.Place = locateNode(o.doc.File, o.node, hit.Path)
		f.patch = manifestPatch(o, hit.Fix)
		r.findings.add(f)
	}
	for _, u := range s.result.Undecided {
		r.undecided = append(r.undecided, Undecided{
			Rule: u.Rule, Resource: name, Place: locateNode(o.doc.File, o.node, nil), Missing: missing(doubtsOf(u.Unknowns)),
		})
	}
}

// maxDuplicateDepth bounds the search for duplicate keys below an object.
const maxDuplicateDepth = 64

// duplicateKeys reports members that a later one of the same name takes out.
func (r *run) duplicateKeys(file *source.File, node *source.Node, depth int) {
	if depth > maxDuplicateDepth {
		return
	}
	for _, item := range node.Items {
		r.duplicateKeys(file, item, depth+1)
	}
	for _, f := range node.Fields {
		if f.Overridden && !f.Merged {
			message := fmt.Sprintf("key %q stands again further down: the later value counts, this one is dropped", cut(f.Name, 100))
			r.findings.add(r.finding(ruleDuplicateKey, message, placeOf(file, f.NameSpan)))
		}
		r.duplicateKeys(file, f.Value, depth+1)
	}
}

// plainObject is a Kubernetes object as rules see it. Text that a tool still
// fills in is not known.
func (r *run) plainObject(o object) any {
	return r.plainNode(o.doc.File, o.tree())
}

func (r *run) plainNode(file *source.File, n *source.Node) any {
	switch n.Kind {
	case source.String:
		if unknown := unrendered(file, n); unknown != nil {
			return unknown
		}
		return n.Text
	case source.Array:
		items := make([]any, len(n.Items))
		for i, item := range n.Items {
			items[i] = r.plainNode(file, item)
		}
		return items
	case source.Object:
		members := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			if !f.Overridden {
				members[f.Name] = r.plainNode(file, f.Value)
			}
		}
		return members
	}
	return n.Any()
}

// unrendered is the unknown value of a text that a tool still fills in, nil for any
// other.
func unrendered(file *source.File, n *source.Node) *engine.Unknown {
	if !isUnfilled(n.Text) {
		return nil
	}
	doubt := &value.Doubt{Reason: notRendered, Expr: cut(n.Text, 200)}
	if file != nil {
		doubt.Origin = &value.Origin{File: file, Span: n.Span}
	}
	return &engine.Unknown{Source: doubt}
}

// nodeValue is what plainNode is, in the form that rules read.
func (r *run) nodeValue(file *source.File, n *source.Node) engine.Value {
	switch n.Kind {
	case source.Bool:
		return engine.BoolValue(n.Text == "true")
	case source.Int, source.Float:
		return engine.NumberValue(n.Text)
	case source.String:
		if unknown := unrendered(file, n); unknown != nil {
			return engine.UnknownValue(unknown)
		}
		return engine.TextValue(n.Text)
	case source.Array:
		items := make([]engine.Value, len(n.Items))
		for i, item := range n.Items {
			items[i] = r.nodeValue(file, item)
		}
		return engine.ListValue(items)
	case source.Object:
		fields := make([]engine.Field, 0, len(n.Fields))
		for _, f := range n.Fields {
			if !f.Overridden {
				fields = append(fields, engine.Field{Name: f.Name, Value: r.nodeValue(file, f.Value)})
			}
		}
		return engine.ObjectValue(fields)
	}
	return engine.Value{}
}
