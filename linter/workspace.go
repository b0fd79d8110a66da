package linter

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// clusterType is the resource type of an AKS cluster.
const clusterType = "Microsoft.ContainerService/managedClusters"

// joinedKinds are the kinds of which a rule may look at all objects.
var joinedKinds = []string{
	"Service", "networking.k8s.io/NetworkPolicy", "approuting.kubernetes.azure.com/NginxIngressController",
	"gateway.networking.k8s.io/Gateway", "networking.k8s.io/Ingress",
}

// cluster is an AKS cluster that was read, with what is deployed beside it.
type cluster struct {
	template string
	set      *resourceSet
	resource *arm.Resource
}

// workspace is what was read in one run, for rules that join things that are
// not deployed together.
type workspace struct {
	run       *run
	manifests []object
	values    []document
	facts     []*arm.Resource
	clusters  []cluster
	// members are the manifests by the cluster that they belong to.
	members map[int][]object

	mu sync.Mutex
	// inputs are input.workspace as they were first asked for.
	inputs map[view]*engine.Document
}

// view is what a subject sees of the workspace: what belongs to one cluster, by
// index into clusters or noCluster, and for manifests the cluster itself.
type view struct {
	cluster int
	whole   bool
}

// noCluster stands for a cluster that is not there, or not clear.
const noCluster = -1

// nothing stands for a cluster that no manifest belongs to.
const nothing = -2

// newWorkspace gathers the objects, facts and clusters of the documents.
func newWorkspace(ctx context.Context, r *run, documents []document, deployments []*deployment) (*workspace, error) {
	ws := &workspace{run: r, members: map[int][]object{}, inputs: map[view]*engine.Document{}}
	for _, doc := range documents {
		switch doc.class {
		case manifest:
			ws.manifests = append(ws.manifests, doc.objects...)
		case helmValues:
			ws.values = append(ws.values, doc)
		case fact:
			ws.facts = append(ws.facts, hoisted(factResources(doc.Document))...)
		}
	}
	named, err := r.readFacts(ctx)
	if err != nil {
		return nil, err
	}
	ws.facts = distinctFacts(append(ws.facts, named...))
	for _, d := range deployments {
		set := newResourceSet(d.base.deployment, ws.facts)
		for _, res := range set.judged {
			if strings.EqualFold(res.Type, clusterType) {
				ws.clusters = append(ws.clusters, cluster{d.template.File.Path, set, res})
			}
		}
	}
	for _, o := range ws.manifests {
		i := ws.clusterOf(o.doc.File.Path)
		ws.members[i] = append(ws.members[i], o)
	}
	return ws, nil
}

// input is input.workspace of a view, prepared once.
func (ws *workspace) input(v view) (*engine.Document, error) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if document := ws.inputs[v]; document != nil {
		return document, nil
	}
	document, err := engine.Prepare(ws.inputOf(v, func(o object) any { return ws.run.objectValue(o) }))
	if err != nil {
		return nil, fmt.Errorf("gathering what was read: %w", err)
	}
	ws.inputs[v] = document
	return document, nil
}

// plainInput is input.workspace of a view as plain JSON.
func (ws *workspace) plainInput(v view) map[string]any {
	return ws.inputOf(v, ws.run.plainObject)
}

// inputOf is input.workspace of a view, with its objects as they are converted.
func (ws *workspace) inputOf(v view, convert func(object) any) map[string]any {
	members := ws.members[v.cluster]
	input := map[string]any{
		"objects": objectsByKind(members, convert),
		"by_text": map[string]any{"Service": textIndex(ofKind(members, "Service"))},
	}
	switch {
	case !v.whole:
	case v.cluster >= 0:
		c := ws.clusters[v.cluster]
		input["cluster"] = map[string]any{"resource": c.set.plainOrDoubt(ws.run, c.resource), "deployment": c.set.plainDeployment(ws.run)}
	case len(ws.clusters) > 0:
		input["cluster"] = ws.run.plain.unknown(&value.Doubt{
			Reason: "several clusters were read and the configuration names none", Expr: "the cluster of the manifests", Origin: ws.clusters[0].resource.Origin,
		})
	}
	return input
}

// objectsByKind is input.workspace.objects.
func objectsByKind(members []object, convert func(object) any) map[string]any {
	byKind := map[string]any{}
	for _, kind := range joinedKinds {
		list := []any{}
		for _, o := range ofKind(members, kind) {
			list = append(list, convert(o))
		}
		byKind[kind[strings.LastIndex(kind, "/")+1:]] = list
	}
	return byKind
}

func ofKind(objects []object, kind string) []object {
	return slices.DeleteFunc(slices.Clone(objects), func(o object) bool { return o.kind != kind })
}

// clusterOf is the cluster that a manifest is deployed to: the one that the
// configuration names, else the only one.
func (ws *workspace) clusterOf(file string) int {
	if c := ws.run.opts.Config; c != nil && len(c.Clusters) > 0 {
		path := ws.run.configPath(file)
		found := noCluster
		for i, candidate := range ws.clusters {
			if !matchesAny(ws.patternsOf(candidate), path) {
				continue
			}
			if found != noCluster {
				return noCluster
			}
			found = i
		}
		return found
	}
	if len(ws.clusters) == 1 {
		return 0
	}
	return noCluster
}

// patternsOf are the manifests that the configuration gives to a cluster, named
// by its template or by template#name.
func (ws *workspace) patternsOf(c cluster) []string {
	path := ws.run.configPath(c.template)
	var patterns []string
	for name, list := range ws.run.opts.Config.Clusters {
		file, resource, hasName := strings.Cut(name, "#")
		if strings.TrimPrefix(filepath.ToSlash(filepath.Clean(file)), "./") == path && (!hasName || strings.EqualFold(resource, c.resource.Name)) {
			patterns = append(patterns, list...)
		}
	}
	return patterns
}

// viewOfManifest is that of the manifests in a file.
func (ws *workspace) viewOfManifest(file string) view { return view{ws.clusterOf(file), true} }

// viewOfResource is that of a template's resource: the manifests of its cluster,
// where the resource is one.
func (ws *workspace) viewOfResource(res *arm.Resource) view {
	i := ws.clusterIndex(res)
	if len(ws.members[i]) == 0 {
		return view{nothing, false}
	}
	return view{i, false}
}

// clusterIndex is the index into clusters of a resource that is one.
func (ws *workspace) clusterIndex(res *arm.Resource) int {
	for i, c := range ws.clusters {
		if c.resource.ID == res.ID && c.resource.Origin == res.Origin {
			return i
		}
	}
	return noCluster
}

// readFacts reads the facts that the options name. Since the user named them,
// those that cannot be used fail the run.
func (r *run) readFacts(ctx context.Context) ([]*arm.Resource, error) {
	if len(r.opts.Facts) == 0 {
		return nil, nil
	}
	inputs, skipped, err := discover(ctx, r.opts.Facts)
	if err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	r.skipped = append(r.skipped, skipped...)
	var resources []*arm.Resource
	for _, in := range inputs {
		text, err := readInput(in, nil)
		if err != nil {
			return nil, fmt.Errorf("reading facts %s: %w", in.name, err)
		}
		docs, problems := source.Parse(ctx, source.NewFile(in.name, text), formatOf(in, text), source.DefaultLimits())
		if len(problems) > 0 {
			return nil, fmt.Errorf("reading facts: %w", problems[0])
		}
		for _, doc := range docs {
			if class, _ := classify(doc); class != fact {
				r.skipped = append(r.skipped, Skipped{File: in.name, Reason: "not a resource as az prints it: it needs an id and a type"})
				continue
			}
			resources = append(resources, factResources(doc)...)
		}
	}
	return hoisted(resources), nil
}
