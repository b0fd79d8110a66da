package linter

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/internal/bench/corpus"
)

// releaseFiles hold what may be released beside what may not: a list, text to fill
// in, aliases, a key twice, JSON, directives; ignores, findings at values and
// at keys, Services that share an address, fixes.
const releaseFiles = `
-- plain.yaml --
# aksnetlint:ignore public-load-balancer -- for all to see
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop # aksnetlint:ignore no-such-rule
spec:
  type: LoadBalancer
  loadBalancerIP: 10.0.0.4
  ports: [{name: http, port: 80}]
---
apiVersion: v1
kind: Service
metadata:
  name: other
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: True
    ignore.aksnetlint.io/static-ip-reused: two on purpose
spec:
  type: LoadBalancer
  loadBalancerIP: "10.0.0.4"
  ports:
  - port: 80
---
apiVersion: v1
kind: ConfigMap
metadata: {name: nothing}
-- rest.yaml --
%YAML 1.1
---
apiVersion: v1
kind: Service
metadata: {name: versioned}
spec: {type: LoadBalancer, ports: [{port: 80}]}
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: first}
  spec: {type: LoadBalancer, ports: [{port: 80}]}
- apiVersion: v1
  kind: Service
  metadata: {name: second}
  spec: {type: LoadBalancer, loadBalancerIP: 10.0.0.4, ports: [{port: 80}]}
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: single}
  spec: {type: LoadBalancer, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: "${NAME}"}
spec: {type: "${TYPE}", loadBalancerIP: "${ADDRESS}", ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: &m {name: alias, labels: {app: a}}
spec: {type: LoadBalancer, type: LoadBalancer, selector: {app: a}, ports: [{port: 80}]}
-- more.json --
{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "json"}, "spec": {"type": "LoadBalancer", "ports": [{"port": 80}]}}
`

// TestReleaseAgrees compares runs that let go of what can be read again with runs
// that keep it.
func TestReleaseAgrees(t *testing.T) {
	made := t.TempDir()
	files, _ := corpus.Find("k8s-100")
	if _, err := files.Write(t.Context(), made, corpus.Seed); err != nil {
		t.Fatal(err)
	}
	dirs := []string{releaseFolder(t), made}
	if corpus := os.Getenv("AKSNETLINT_CORPUS"); corpus != "" {
		dirs = append(dirs, filepath.Join(corpus, "k8s"))
	}
	for _, dir := range dirs {
		released, findings := reportOf(t, dir, func(r *run) { r.opts.Fixes = true })
		kept, _ := reportOf(t, dir, func(r *run) { r.opts.Fixes, r.keepAll = true, true })
		if released != kept || findings == 0 {
			t.Errorf("%s: %d findings, released:\n%s\nkept:\n%s", dir, findings, released, kept)
		}
	}
}

// releaseFolder is a folder with releaseFiles.
func releaseFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(releaseFiles)).Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestRelease tells which documents are released.
func TestRelease(t *testing.T) {
	r, err := newRun(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	documents, _, _, err := r.gather(t.Context(), []string{releaseFolder(t)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"Service/shop/web": true, "Service/other": true}
	for _, doc := range documents {
		for _, o := range doc.objects {
			if got := o.node == nil && doc.Root == nil; got != want[o.name()] {
				t.Errorf("%s: released %t, want %t", o.name(), got, want[o.name()])
			}
		}
	}
}
