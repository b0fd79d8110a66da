package adopt

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
)

const everythingTemplate = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: everything
spec:
  crd:
    spec:
      names:
        kind: Everything
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package everything
        violation[{"msg": msg}] {
          msg := sprintf("%v %v", [input.review.kind.group, input.review.object.metadata.name])
        }
`

// A Constraint judges the objects that Gatekeeper matches.
func TestMatch(t *testing.T) {
	labelled := map[string]any{"app": "shop", "tier": "web"}
	for _, c := range []struct {
		match     string
		kind      string
		version   string
		namespace string
		labels    map[string]any
		want      bool
	}{
		{`{}`, "Service", "v1", "shop", nil, true},
		{`{"kinds": [{"apiGroups": [""], "kinds": ["Service"]}]}`, "Service", "v1", "shop", nil, true},
		{`{"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}`, "Service", "v1", "shop", nil, false},
		{`{"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}, {"apiGroups": ["*"], "kinds": ["*"]}]}`, "Service", "v1", "shop", nil, true},
		{`{"kinds": [{"apiGroups": ["networking.k8s.io"], "kinds": ["Ingress"]}]}`, "Ingress", "networking.k8s.io/v1", "shop", nil, true},
		{`{"kinds": [{"apiGroups": ["extensions"], "kinds": ["Ingress"]}]}`, "Ingress", "networking.k8s.io/v1", "shop", nil, false},
		{`{"namespaces": ["shop"]}`, "Service", "v1", "shop", nil, true},
		{`{"namespaces": ["shop"]}`, "Service", "v1", "other", nil, false},
		{`{"namespaces": ["sh*"]}`, "Service", "v1", "shop", nil, true},
		{`{"namespaces": ["*op"]}`, "Service", "v1", "shop", nil, true},
		{`{"namespaces": ["*ho*"]}`, "Service", "v1", "shop", nil, true},
		{`{"excludedNamespaces": ["kube-*"]}`, "Service", "v1", "kube-system", nil, false},
		{`{"excludedNamespaces": ["kube-*"]}`, "Service", "v1", "shop", nil, true},
		{`{"excludedNamespaces": ["thing"]}`, "Namespace", "v1", "", nil, false},
		{`{"name": "th*"}`, "Service", "v1", "shop", nil, true},
		{`{"name": "other"}`, "Service", "v1", "shop", nil, false},
		{`{"scope": "Namespaced"}`, "Service", "v1", "shop", nil, true},
		{`{"scope": "Cluster"}`, "Service", "v1", "shop", nil, false},
		// What names no namespace goes to one all the same, if it is of such a kind.
		{`{"scope": "Namespaced"}`, "Service", "v1", "", nil, true},
		{`{"scope": "Cluster"}`, "Service", "v1", "", nil, false},
		{`{"scope": "Namespaced"}`, "ClusterRole", "rbac.authorization.k8s.io/v1", "", nil, false},
		{`{"scope": "Cluster"}`, "ClusterRole", "rbac.authorization.k8s.io/v1", "", nil, true},
		{`{"scope": "Cluster"}`, "Namespace", "v1", "", nil, true},
		{`{"scope": "Namespaced"}`, "ClusterRole", "example.com/v1", "shop", nil, true},
		{`{"scope": "Cluster"}`, "Thing", "example.com/v1", "", nil, false},
		{`{"labelSelector": {"matchLabels": {"app": "shop"}}}`, "Service", "v1", "shop", labelled, true},
		{`{"labelSelector": {"matchLabels": {"app": "other"}}}`, "Service", "v1", "shop", labelled, false},
		{`{"labelSelector": {"matchExpressions": [{"key": "tier", "operator": "In", "values": ["web", "api"]}]}}`, "Service", "v1", "shop", labelled, true},
		{`{"labelSelector": {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["web"]}]}}`, "Service", "v1", "shop", labelled, false},
		{`{"labelSelector": {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["web"]}]}}`, "Service", "v1", "shop", nil, true},
		{`{"labelSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}}`, "Service", "v1", "shop", nil, false},
		{`{"labelSelector": {"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}}`, "Service", "v1", "shop", nil, true},
	} {
		metadata := map[string]any{"name": "thing"}
		if c.namespace != "" {
			metadata["namespace"] = c.namespace
		}
		if c.labels != nil {
			metadata["labels"] = c.labels
		}
		e := engineFor(t, fmt.Sprintf(`{"apiVersion": "constraints.gatekeeper.sh/v1beta1", "kind": "Everything", "metadata": {"name": "x"}, "spec": {"match": %s}}`, c.match))
		resource, err := engine.Prepare(map[string]any{"apiVersion": c.version, "kind": c.kind, "metadata": metadata})
		if err != nil {
			t.Fatal(err)
		}
		res, err := e.Eval(context.Background(), engine.Input{Kind: c.kind, Resource: resource})
		if err != nil || len(res.Failures) > 0 {
			t.Fatalf("%s: %v %v", c.match, err, res.Failures)
		}
		if got := len(res.Hits) == 1; got != c.want {
			t.Errorf("%s on %s in %q with %v: %v, want %v", c.match, c.kind, c.namespace, c.labels, got, c.want)
		}
	}
}

// engineFor loads the template with one constraint.
func engineFor(t *testing.T, constraint string) *engine.Engine {
	t.Helper()
	if !json.Valid([]byte(constraint)) {
		t.Fatalf("no JSON: %s", constraint)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "policy.yaml"), []byte(everythingTemplate+"---\n"+constraint+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	contents, err := Load(context.Background(), dir, bundle.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(context.Background(), engine.Options{Modules: contents.Modules})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What names itself so that it would break out of the rule that is written for
// it stays a name.
func TestHostileNames(t *testing.T) {
	e := engineFor(t, `{"apiVersion": "constraints.gatekeeper.sh/v1beta1", "kind": "Everything", "metadata": {"name": "x\"]\n\ndeny contains 1 if true # "}, "spec": {"parameters": {"a": "\n# METADATA\npackage x"}}}`)
	if rules := e.Rules(); len(rules) != 1 || rules[0].ID != "everything-x-deny-contains-1-if-true" {
		t.Errorf("rules: %+v", rules)
	}
}
