package linter

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// Cluster is an AKS cluster as one choice of parameter values makes it.
type Cluster struct {
	File string
	Name string
	// Deployment is the parameter file, where the template has several.
	Deployment string
	// When are the parameter values that differ from those of the template,
	// empty for the template as it stands.
	When []Condition

	run   *run
	input engine.Input
}

// Statement is a member of a Rego document about a cluster.
type Statement struct {
	// Value is plain JSON, with nil for each part that is not known.
	Value any
	// Missing are the values that the statement hangs on, empty for one that
	// is certain.
	Missing []Missing
	Certain bool
}

// Clusters finds the clusters below the paths, each as the templates stand and
// with each value that the template allows for a parameter that nobody supplied.
// Worlds in which the deployment looks the same are one. The report holds what is wrong with
// the files and which were passed over, and no verdict of rules.
func Clusters(ctx context.Context, opts Options, paths ...string) ([]Cluster, *Report, error) {
	l, err := New(ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	r, err := newRunWith(l.engine, l.opts)
	if err != nil {
		return nil, nil, err
	}
	clusters, documents, err := r.clusters(ctx, paths)
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(clusters, func(a, b Cluster) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Deployment, b.Deployment), strings.Compare(a.Name, b.Name))
	})
	report, err := r.report(ctx, documents)
	return clusters, report, err
}

// clusters reads what is below the paths and finds the clusters there.
func (r *run) clusters(ctx context.Context, paths []string) ([]Cluster, []document, error) {
	documents, deployments, ws, err := r.gather(ctx, paths)
	if err != nil {
		return nil, nil, err
	}
	var clusters []Cluster
	for _, d := range deployments {
		worlds, err := r.clusterWorlds(ctx, d)
		if err != nil {
			return nil, nil, err
		}
		for _, w := range worlds {
			found, err := r.clustersOf(d, w, ws)
			if err != nil {
				return nil, nil, err
			}
			clusters = append(clusters, found...)
		}
	}
	return clusters, documents, nil
}

// clusterWorlds are the base world of a deployment and those in which one
// parameter has another of its values.
func (r *run) clusterWorlds(ctx context.Context, d *deployment) ([]*world, error) {
	worlds := []*world{d.base}
	if len(d.parameters) > 0 || !slices.ContainsFunc(newResourceSet(d.base.deployment, nil).judged, isCluster) {
		return worlds, nil
	}
	seen := map[sight]bool{sightOf(d.base.deployment, d.sights): true}
	for _, dom := range domains(d.base.parameters) {
		if len(dom.values) > maxDomain || len(worlds)+len(dom.values) > maxWorlds {
			r.skipped = append(r.skipped, Skipped{File: d.template.File.Path, Reason: fmt.Sprintf("parameter %q was not tried in each of its values: a template is evaluated %d times at most", dom.parameter, maxWorlds), Parameter: dom.parameter})
			continue
		}
		for _, v := range dom.values {
			w, err := d.expand(ctx, []assignment{{dom.parameter, v}})
			if err != nil {
				return nil, err
			}
			if looks := sightOf(w.deployment, d.sights); !seen[looks] {
				seen[looks] = true
				worlds = append(worlds, w)
			}
		}
	}
	return worlds, nil
}

// clustersOf are the clusters of one world.
func (r *run) clustersOf(d *deployment, w *world, ws *workspace) ([]Cluster, error) {
	set := newResourceSet(w.deployment, ws.facts)
	document, err := engine.Prepare(set.plainDeployment(r))
	if err != nil {
		return nil, fmt.Errorf("reading the clusters of %s: %w", d.template.File.Path, err)
	}
	var clusters []Cluster
	for _, res := range set.judged {
		if !isCluster(res) {
			continue
		}
		resource, err := engine.Prepare(set.plainOrDoubt(r, res))
		if err != nil {
			return nil, fmt.Errorf("reading cluster %s: %w", res.ID, err)
		}
		workspace, err := ws.input(ws.viewOfResource(res))
		if err != nil {
			return nil, err
		}
		clusters = append(clusters, Cluster{
			File: d.template.File.Path, Name: res.Name, Deployment: d.label, When: witness(parameterNames([]*world{w}), w), run: r,
			input: engine.Input{Kind: res.Type, Resource: resource, Deployment: document, Workspace: workspace},
		})
	}
	return clusters, nil
}

// Ask evaluates a partial set of a built-in Rego package for the cluster.
func (c Cluster) Ask(ctx context.Context, pkg, set string) ([]Statement, error) {
	members, err := c.run.engine.Query(ctx, pkg, set, c.input)
	if err != nil {
		return nil, fmt.Errorf("cluster %s in %s: %w", c.Name, c.File, err)
	}
	statements := make([]Statement, len(members))
	for i, m := range members {
		statements[i] = Statement{Value: m.Value, Certain: m.Certain && len(m.Unknowns) == 0, Missing: missing(doubtsOf(m.Unknowns))}
	}
	return statements, nil
}

func isCluster(res *arm.Resource) bool { return strings.EqualFold(res.Type, clusterType) }
