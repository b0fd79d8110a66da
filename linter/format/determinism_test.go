package format_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/format"
)

// mixedTree are files of each kind, with faults in some, by path.
func mixedTree() map[string]string {
	const arm = "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\",\n"
	const parameters = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"prefix": {"value": %q}}}`
	files := map[string]string{
		"infra/net.json": arm + `"parameters": {"prefix": {"type": "string", "defaultValue": "10.0.0.0/24"}, "extra": {"type": "bool"}, "size": {"type": "string", "allowedValues": ["10.0.0.0/29", "10.0.0.0/16"]}},
"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "v", "properties": {
"addressSpace": {"addressPrefixes": ["[parameters('prefix')]"]}, "subnets": [{"name": "a", "properties": {"addressPrefix": "[parameters('size')]"}}, {"name": "GatewaySubnet", "properties": {"addressPrefix": "10.0.0.1/27"}}]}},
{"condition": "[parameters('extra')]", "type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-05-01", "name": "c", "properties": {"networkProfile": {"networkPlugin": "kubenet", "serviceCidr": "10.0.0.0/16", "dnsServiceIP": "10.1.0.1"},
"agentPoolProfiles": [{"name": "p", "count": 3, "vnetSubnetID": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'a')]"}]}}]}`,
		"infra/net.prod.parameters.json": fmt.Sprintf(parameters, "10.0.0.0/28"),
		"infra/net.test.parameters.json": fmt.Sprintf(parameters, "none"),
		"infra/main.json":                arm + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "part.json"}}}]}`,
		"infra/other.json":               arm + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "e", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "part.json"}}}]}`,
		"infra/part.json":                arm + `"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "w", "properties": {"addressSpace": {"addressPrefixes": ["10.9.0.0/33"]}}}]}`,
		"hostile/deep.yaml":              "kind: Service\na: " + strings.Repeat("[", 5000),
		"hostile/nul.yaml":               "kind: Service\na: \x00\n",
		"hostile/twice.yaml":             "apiVersion: v1\nkind: Service\nkind: Service\nmetadata: {name: x}\n",
		"hostile/tabs.json":              "{\"kind\":",
		"chart/templates/a.yaml":         "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\n",
	}
	for i := range 40 {
		files[fmt.Sprintf("k8s/%02d/service.yaml", i)] = fmt.Sprintf(`apiVersion: v1
kind: Service
metadata: {name: s%d, namespace: n%d} # aksnetlint:ignore public-load-balancer
spec: {type: LoadBalancer, loadBalancerIP: 10.0.0.%d, ports: [{port: 80}, {port: 80}], selector: {app: "${APP}"}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i%d}
spec: {ingressClassName: nginx, rules: [{host: a.example}]}
`, i%7, i%3, i%5, i%2)
	}
	return files
}

// writeTree writes the files in the given order.
func writeTree(t *testing.T, files map[string]string, names []string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestReportIsTheSame holds that every form of a report is the same to the byte for any
// number of processors, order of the paths and order in which the files
// came into their folders.
func TestReportIsTheSame(t *testing.T) {
	files := mixedTree()
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	})
	reversed := slices.Clone(names)
	slices.Reverse(reversed)
	forward, backward := writeTree(t, files, names), writeTree(t, files, reversed)
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)

	paths := []string{"infra", "infra/net.json", "hostile", "k8s", "chart", "k8s/03/service.yaml"}
	var want map[string]string
	for i, c := range []struct {
		processors int
		dir        string
		paths      []string
	}{
		{1, forward, paths},
		{2, forward, []string{"k8s/03/service.yaml", "chart", "k8s", "infra/net.json", "hostile", "infra"}},
		{8, forward, []string{"k8s", "k8s", "./chart", "infra/net.json", "k8s/03/service.yaml", "infra", "hostile"}},
		{8, backward, paths},
		{2, backward, paths},
	} {
		t.Chdir(c.dir)
		runtime.GOMAXPROCS(c.processors)
		got := everyForm(t, c.paths)
		if i == 0 {
			want = got
			continue
		}
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%d processors, paths %v: %s differs: %s", c.processors, c.paths, name, firstDifference(want[name], got[name]))
			}
		}
	}
}

// everyForm is the report on the paths in each format.
func everyForm(t *testing.T, paths []string) map[string]string {
	t.Helper()
	report, err := linter.Run(context.Background(), linter.Options{Fixes: true, Settings: map[string]any{"as_of": "2025-01-01"}}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) < 50 || len(report.Skipped) == 0 || len(report.Undecided) == 0 || len(report.Suppressed) != 0 {
		t.Fatalf("the tree has too little in it: %+v", report.Summary)
	}
	forms := map[string]string{}
	for _, name := range format.Names() {
		var out bytes.Buffer
		if err := format.Write(&out, name, report, format.Options{Text: format.TextOptions{Verbose: true, ShowUndecided: true}}); err != nil {
			t.Fatal(err)
		}
		forms[name] = out.String()
	}
	return forms
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is\n%s\nwant\n%s", i+1, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(b), len(a))
}
