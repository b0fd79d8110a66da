package linter

import (
	"fmt"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// clusterType is the resource type of an AKS cluster.
const clusterType = "Microsoft.ContainerService/managedClusters"

// joinedKinds are the kinds of which a rule may look at all objects.
var joinedKinds = []string{
	"Service", "networking.k8s.io/NetworkPolicy", "approuting.kubernetes.azure.com/NginxIngressController",
	"gateway.networking.k8s.io/Gateway", "networking.k8s.io/Ingress",
}

// workspace is what was read in one run, for rules that join things that are
// not deployed together.
type workspace struct {
	run       *run
	manifests []object
	values    []document
	facts     []*arm.Resource
	// input is input.workspace of manifests and of clusters, prepared once.
	input *engine.Document
}

// newWorkspace gathers the objects, facts and clusters of the documents.
func newWorkspace(r *run, documents []document, deployments []*deployment) (*workspace, error) {
	ws := &workspace{run: r}
	for _, doc := range documents {
		switch doc.class {
		case manifest:
			ws.manifests = append(ws.manifests, objects(doc.Document)...)
		case helmValues:
			ws.values = append(ws.values, doc)
		case fact:
			ws.facts = append(ws.facts, arm.Hoist(factResources(doc.Document))...)
		}
	}
	var err error
	if ws.input, err = engine.Prepare(ws.plainInput(deployments)); err != nil {
		return nil, fmt.Errorf("gathering what was read: %w", err)
	}
	return ws, nil
}

// plainInput is input.workspace: the one cluster of the run, unknown where there are
// several, and the objects by kind.
func (ws *workspace) plainInput(deployments []*deployment) map[string]any {
	all := map[string]any{}
	for _, kind := range joinedKinds {
		all[kind[strings.LastIndex(kind, "/")+1:]] = []any{}
	}
	for _, o := range ws.manifests {
		for _, kind := range joinedKinds {
			if o.kind == kind {
				name := kind[strings.LastIndex(kind, "/")+1:]
				all[name] = append(all[name].([]any), ws.run.plainObject(o))
			}
		}
	}
	input := map[string]any{"objects": all}
	if cluster := ws.cluster(deployments); cluster != nil {
		input["cluster"] = cluster
	}
	return input
}

// cluster is input.workspace.cluster: what a Service is joined to is clear
// only where one cluster was read.
func (ws *workspace) cluster(deployments []*deployment) any {
	type found struct {
		set *resourceSet
		res *arm.Resource
	}
	var clusters []found
	for _, d := range deployments {
		set := newResourceSet(d.base.deployment, ws.facts)
		for _, res := range set.judged {
			if strings.EqualFold(res.Type, clusterType) {
				clusters = append(clusters, found{set, res})
			}
		}
	}
	switch len(clusters) {
	case 0:
		return nil
	case 1:
		c := clusters[0]
		return map[string]any{"resource": c.set.plainOrDoubt(ws.run, c.res), "deployment": c.set.plainDeployment(ws.run)}
	}
	return ws.run.plain.unknown(&value.Doubt{
		Reason: "several clusters were read and none is named", Expr: "the cluster of the manifests", Origin: clusters[0].res.Origin,
	})
}
