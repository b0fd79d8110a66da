package linter

import (
	"context"
	"fmt"
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// Subject is one resource with the exact input that its rules see.
type Subject struct {
	// Kind is what rules name in their targets.
	Kind string
	// Name is how reports call the resource.
	Name string
	// Place is where it is declared.
	Place Place
	// Input has the members resource, deployment and workspace as package
	// policies describes them: plain JSON, with an *engine.Unknown for each value
	// that is not known.
	Input map[string]any
}

// Subjects lists what is below the paths, each resource once for each
// deployment of its template.
func (l *Linter) Subjects(ctx context.Context, paths ...string) ([]Subject, error) {
	r, err := newRunWith(l.engine, l.opts)
	if err != nil {
		return nil, err
	}
	r.keepAll = true
	_, deployments, ws, err := r.gather(ctx, paths)
	if err != nil {
		return nil, err
	}
	plain := map[view]map[string]any{}
	seen := func(v view) map[string]any {
		if plain[v] == nil {
			plain[v] = ws.plainInput(v)
		}
		return plain[v]
	}
	var subjects []Subject
	for _, d := range deployments {
		subjects = append(subjects, r.templateSubjects(d, ws, seen)...)
	}
	for _, o := range ws.manifests {
		subjects = append(subjects, r.manifestSubject(o, seen(ws.viewOfManifest(o.doc.File.Path))))
	}
	for _, doc := range ws.values {
		subjects = append(subjects, r.manifestSubject(object{doc: doc.Document, node: doc.Root, kind: helmValuesKind}, seen(ws.viewOfManifest(doc.File.Path))))
	}
	return subjects, nil
}

func (r *run) templateSubjects(d *deployment, ws *workspace, seen func(view) map[string]any) []Subject {
	set := newResourceSet(d.base.deployment, ws.facts)
	deployment := set.plainDeployment(r)
	var subjects []Subject
	for _, res := range set.judged {
		s := Subject{Kind: r.canonicalType(res.Type), Name: displayID(res), Input: map[string]any{
			"resource": set.plainResource(r, res), "deployment": deployment, "workspace": seen(ws.viewOfResource(res)),
		}}
		s.Place, _ = set.locate(res, engine.Hit{})
		subjects = append(subjects, s)
	}
	return subjects
}

func (r *run) manifestSubject(o object, workspace map[string]any) Subject {
	return Subject{
		Kind: o.kind, Name: o.name(), Place: locateNode(o.doc.File, o.tree(), nil),
		Input: map[string]any{"resource": r.plainObject(o), "workspace": workspace},
	}
}

// Evaluate judges a subject by the rules with the given ids, or by all that target it.
func (l *Linter) Evaluate(ctx context.Context, s Subject, only ...string) (engine.Result, error) {
	in, err := s.prepare()
	if err != nil {
		return engine.Result{}, err
	}
	in.Only = only
	return l.engine.Eval(ctx, in)
}

func (s Subject) prepare() (engine.Input, error) {
	in := engine.Input{Kind: s.Kind}
	for _, part := range []struct {
		name string
		to   **engine.Document
	}{{"resource", &in.Resource}, {"deployment", &in.Deployment}, {"workspace", &in.Workspace}} {
		v, ok := s.Input[part.name]
		if !ok {
			continue
		}
		document, err := engine.Prepare(v)
		if err != nil {
			return in, fmt.Errorf("preparing %s: %w", s.Name, err)
		}
		*part.to = document
	}
	return in, nil
}

// Query evaluates a partial set of a package on a subject.
func (l *Linter) Query(ctx context.Context, s Subject, pkg, set string) ([]Statement, error) {
	in, err := s.prepare()
	if err != nil {
		return nil, err
	}
	members, err := l.engine.Query(ctx, pkg, set, in)
	if err != nil {
		return nil, err
	}
	statements := make([]Statement, 0, len(members))
	for _, m := range members {
		statements = append(statements, Statement{Value: m.Value, Missing: missing(doubtsOf(m.Unknowns)), Certain: m.Certain})
	}
	return statements, nil
}

// Readable is plain JSON for people: {"unknown": EXPRESSION, "because": REASON} stands
// for each value that is not known.
func Readable(v any) any {
	switch v := v.(type) {
	case *engine.Unknown:
		doubt, ok := v.Source.(*value.Doubt)
		if !ok {
			return map[string]any{"unknown": true}
		}
		return map[string]any{"unknown": doubt.Expr, "because": string(doubt.Reason)}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, member := range v {
			out[name] = Readable(member)
		}
		return out
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = Readable(out[i])
		}
		return out
	}
	return v
}

// Rules lists the rules that the linter judges by, those of Rego alone.
func (l *Linter) Rules() []engine.Rule { return l.engine.Rules() }

// RuleSources are the folders and bundles of rules that were loaded, those of
// the configuration among them.
func (l *Linter) RuleSources() []string { return slices.Clone(l.opts.Rules) }
