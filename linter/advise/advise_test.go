package advise_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/advise"
)

const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "overlay": {"type": "bool", "defaultValue": false},
    "mode": {"type": "string", "allowedValues": ["System", "User"], "defaultValue": "System"}
  },
  "resources": [{
    "type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-05-01", "name": "NAME", "location": "westeurope",
    "properties": {
      "agentPoolProfiles": [{"name": "system", "mode": "[parameters('mode')]", "count": 2}],
      "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "[if(parameters('overlay'), 'overlay', '')]"}
    }
  }]
}`

// clusters are the advice on clusters with these names, each in a template of its own.
func clusters(t *testing.T, names ...string) ([]advise.Cluster, *linter.Report) {
	t.Helper()
	dir := t.TempDir()
	for i, name := range names {
		text := strings.ReplaceAll(template, "NAME", name)
		if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))+".json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, report, err := advise.Clusters(context.Background(), linter.Options{Settings: map[string]any{"as_of": "2026-06-01"}}, dir)
	if err != nil {
		t.Fatal(err)
	}
	return list, report
}

// Parameters that change the network are tried in each of their values; those
// that do not leave no trace.
func TestWorlds(t *testing.T) {
	list, _ := clusters(t, "shop", "store")
	if len(list) != 2 {
		t.Fatalf("%d clusters, want 2", len(list))
	}
	for _, c := range list {
		if c.Current.Value != "node-subnet" {
			t.Errorf("%s: now %v, want node-subnet", c.Name, c.Current.Value)
		}
		if len(c.Allowed) != 1 || c.Allowed[0].Mode != "overlay" || c.Allowed[0].When[0].Parameter != "overlay" {
			t.Errorf("%s: allowed %+v, want overlay by its parameter", c.Name, c.Allowed)
		}
	}
}

// Texts of a template cannot steer a terminal.
func TestTextIsClean(t *testing.T) {
	list, report := clusters(t, `\u001b[31mshop\u202e`)
	var text bytes.Buffer
	if err := advise.WriteText(&text, list); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(text.String(), "\x1b\u202e") {
		t.Errorf("control characters in %q", text.String())
	}
	var encoded bytes.Buffer
	if err := advise.WriteJSON(&encoded, list, report); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(encoded.Bytes()) {
		t.Error("the JSON is not valid")
	}
}

// Whatever is not certain is no number: a count that nobody supplied leaves
// its cells empty, and the others as they are.
func TestUnknownCount(t *testing.T) {
	dir := t.TempDir()
	text := strings.Replace(strings.ReplaceAll(template, "NAME", "shop"), `"count": 2`, `"count": "[parameters('nodes')]"`, 1)
	text = strings.Replace(text, `"parameters": {`, `"parameters": {"nodes": {"type": "int"},`, 1)
	if err := os.WriteFile(filepath.Join(dir, "shop.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	list, _, err := advise.Clusters(context.Background(), linter.Options{Settings: map[string]any{"as_of": "2026-06-01"}}, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list[0].Plans {
		if p.Nodes.Now.Value != nil || p.Nodes.Full.Value != nil || p.Nodes.Upgrade.Value != nil {
			t.Errorf("%s: %+v, want unknown numbers", p.Mode, p.Nodes)
		}
		if p.Title == "?" || p.Reach == "?" {
			t.Errorf("%s: title %q, reach %q: want both known", p.Mode, p.Title, p.Reach)
		}
	}
	if len(list[0].Missing) == 0 || list[0].Missing[0].Expression != "parameters('nodes')" {
		t.Errorf("missing %+v, want the parameter", list[0].Missing)
	}
}
