package linter

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// deployment is one template with the parameter values of one file, or with
// none.
type deployment struct {
	template   document
	parameters []*source.Document
	// label names the parameter file, empty for a template without.
	label string
	opts  arm.Options
	// varies is set where it is judged in more worlds than the base.
	varies bool
	// reuse is what its worlds share, nil for a deployment that has one.
	reuse  *arm.Reuse
	sights sights
	// module is set for a template that another one of the run deploys, with values
	// that are not known: what is wrong with its defaults alone says nothing.
	module bool
	// base is the expansion with the values that were supplied and the defaults.
	base *world
}

// expand evaluates every template of the documents, once for each parameter
// file that pairs with it.
func (r *run) expand(ctx context.Context, documents []document) ([]*deployment, error) {
	deployments, err := r.deployments(ctx, documents)
	if err != nil {
		return nil, err
	}
	err = r.inStage(ctx, "evaluating templates", len(deployments), func(i int) error { return r.expandBase(ctx, deployments[i]) })
	return r.withoutLinked(deployments), err
}

// deployments lists what there is to evaluate: each template, once for each
// parameter file that pairs with it, and the clusters of facts.
func (r *run) deployments(ctx context.Context, documents []document) ([]*deployment, error) {
	named, err := r.readNamedParameters(ctx)
	if err != nil {
		return nil, err
	}
	r.namedParameters = named
	if err := r.checkSet(documents); err != nil {
		return nil, err
	}
	configured, err := r.configuredParameters(ctx, documents)
	if err != nil {
		return nil, err
	}
	supplied, used := suppliedParameters(documents, configured)
	if len(named) > 0 {
		// What the user names stands in place of what would be found by name.
		supplied = nil
	}
	var deployments []*deployment
	for i, doc := range documents {
		if doc.class != template || doc.companion {
			continue
		}
		r.templates.Store(doc.File, doc.Document)
		d := deployment{template: doc, parameters: named, opts: arm.Options{
			Set: setFor(r.opts.Set, doc.Document), Context: r.context(), ReadLinked: r.linkedReader(doc.in.root),
		}}
		for _, file := range supplied[i] {
			with := d
			with.parameters = []*source.Document{file}
			with.label = file.File.Path
			deployments = append(deployments, &with)
		}
		if len(supplied[i]) == 0 {
			deployments = append(deployments, &d)
		}
	}
	for _, doc := range documents {
		if doc.class != fact {
			continue
		}
		if live := exportedClusters(doc); live != nil {
			deployments = append(deployments, &deployment{template: doc, base: newWorld(nil, live)})
		}
	}
	for _, doc := range documents {
		if doc.class == parameterFile && !used[doc.File.Path] && !doc.companion && len(named) == 0 {
			r.skipped = append(r.skipped, Skipped{File: doc.File.Path, Reason: "a parameter file whose template was not read"})
		}
	}
	names := moduleNames(documents)
	for _, d := range deployments {
		d.module = d.label == "" && len(d.parameters) == 0 && !d.template.in.named && isModule(d.template, names)
	}
	return deployments, nil
}

// expandBase evaluates the template with the values that were supplied and the
// defaults.
func (r *run) expandBase(ctx context.Context, d *deployment) error {
	if d.base != nil {
		return nil
	}
	d.varies = len(d.parameters) == 0 && r.mayJudge(d.template)
	if d.varies {
		d.reuse, d.sights = arm.NewReuse(), sights{}
	}
	base, err := d.expand(ctx, nil)
	d.base = base
	return err
}

// withoutLinked leaves out the templates that another one of the run links to
// and that were not deployed on their own: they are judged with the parameters
// that they get there.
func (r *run) withoutLinked(deployments []*deployment) []*deployment {
	covered := r.coveredByLinks(deployments)
	return slices.DeleteFunc(deployments, func(d *deployment) bool { return covered[d] })
}

// coveredByLinks are the deployments that withoutLinked leaves out. The run
// tells of them.
func (r *run) coveredByLinks(deployments []*deployment) map[*deployment]bool {
	var templates []string
	for _, d := range deployments {
		templates = append(templates, d.template.File.Path)
	}
	parents, covered := r.linked.covered(templates), map[*deployment]bool{}
	for _, d := range deployments {
		if parent, linked := parents[d.template.File.Path]; linked && d.label == "" && !d.template.in.named {
			covered[d] = true
			r.skipped = append(r.skipped, Skipped{File: d.template.File.Path, Reason: fmt.Sprintf("judged as a linked template of %s", parent)})
		}
	}
	return covered
}

// expand evaluates the template in one world.
func (d *deployment) expand(ctx context.Context, assignments []assignment) (*world, error) {
	opts := d.opts
	opts.Parameters, opts.Reuse = d.parameters, d.reuse
	if len(assignments) > 0 {
		opts.Set = make(map[string]*value.Value, len(d.opts.Set)+len(assignments))
		for name, v := range d.opts.Set {
			opts.Set[name] = v
		}
		for _, a := range assignments {
			opts.Set[a.parameter] = tried(a.value)
		}
	}
	expanded, err := arm.Expand(ctx, d.template.Document, opts)
	if err != nil {
		return nil, fmt.Errorf("expanding %s: %w", d.template.File.Path, err)
	}
	return newWorld(assignments, expanded), nil
}

// tried marks a value that no user gave.
func tried(v *value.Value) *value.Value {
	var at value.Origin
	if v.Origin != nil {
		at = *v.Origin
	}
	at.Step = value.ParameterTried
	return v.WithOrigin(&at)
}

// context is where the templates are deployed, as far as the options say.
func (r *run) context() arm.Context {
	return arm.Context{
		SubscriptionID: r.opts.Subscription, ResourceGroup: r.opts.ResourceGroup, TenantID: r.opts.Tenant,
		ResourceGroupLocation: r.opts.Location, DeploymentLocation: r.opts.Location,
	}
}

// readNamedParameters reads the parameter files that the options name. Since
// the user named them, one that cannot be used fails the run.
func (r *run) readNamedParameters(ctx context.Context) ([]*source.Document, error) {
	var docs []*source.Document
	for _, name := range r.opts.Parameters {
		doc, err := readParameterFile(ctx, name)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

func readParameterFile(ctx context.Context, name string) (*source.Document, error) {
	in := input{path: name, name: displayName(name), root: filepath.Dir(name), named: true}
	text, err := readInput(in, nil)
	if err != nil {
		return nil, fmt.Errorf("reading parameter file %s: %w", in.name, err)
	}
	parsed, problems := source.Parse(ctx, source.NewFile(in.name, text), source.JSON, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, fmt.Errorf("reading parameter file: %w", problems[0])
	}
	if len(parsed) != 1 || parsed[0].Root.Kind != source.Object {
		return nil, fmt.Errorf("reading parameter file %s: not an object with parameters", in.name)
	}
	return parsed[0], nil
}

// errOutside is returned for a link that leaves the folder being judged.
var errOutside = fmt.Errorf("outside of the folder that is read: %w", fs.ErrNotExist)

// linkedReader reads linked templates below the root and nowhere else, however
// the path is written and whatever links lie on it.
func (r *run) linkedReader(root string) func(context.Context, string, string) (*source.Document, error) {
	if root == "" {
		return nil
	}
	return func(ctx context.Context, fromPath, relative string) (*source.Document, error) {
		target := path.Join(path.Dir(fromPath), strings.ReplaceAll(relative, `\`, "/"))
		local, err := filepath.Rel(root, filepath.FromSlash(target))
		if err != nil || !filepath.IsLocal(local) {
			return nil, fmt.Errorf("reading %s: %w", target, errOutside)
		}
		if doc, ok := r.linkedDocuments.Load(target); ok {
			r.linked.add(fromPath, target)
			return doc.(*source.Document), nil
		}
		doc, err := r.readLinked(ctx, root, local, target)
		if err != nil {
			return nil, err
		}
		r.linked.add(fromPath, target)
		r.linkedDocuments.Store(target, doc)
		r.templates.Store(doc.File, doc)
		return doc, nil
	}
}

func (r *run) readLinked(ctx context.Context, root, local, name string) (*source.Document, error) {
	text, ok := r.opts.Overlay[name]
	if !ok {
		var err error
		if text, err = readBelow(root, local); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	docs, problems := source.Parse(ctx, source.NewFile(name, text), source.JSON, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, problems[0]
	}
	if len(docs) != 1 {
		return nil, errors.New("reading " + name + ": the file is empty")
	}
	return docs[0], nil
}

// readBelow reads a regular file below a folder; links do not lead out of it.
func readBelow(root, local string) ([]byte, error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, plainPathError(err)
	}
	defer dir.Close()
	file, err := dir.OpenFile(local, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, plainPathError(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	return readBounded(file, info.Size())
}
