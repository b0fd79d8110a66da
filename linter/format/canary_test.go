package format_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/format"
)

// canaryTemplate brings values of secure parameters to where messages are made:
// names, ranges, failing functions, names of parameters, allowed values.
const canaryTemplate = `{
 "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
 "parameters": {
  "s": {"type": "securestring", "defaultValue": "CANARY-text"},
  "o": {"type": "secureObject", "defaultValue": {"k": "CANARY-member"}},
  "few": {"type": "securestring", "allowedValues": ["CANARY-allowed"], "defaultValue": "CANARY-refused"},
  "wrong": {"type": "secureObject", "defaultValue": "CANARY-type"},
  "given": {"type": "securestring", "maxLength": 2},
  "vault": {"type": "securestring"},
  "range": {"type": "securestring", "defaultValue": "10.77.1.0/19"}
 },
 "variables": {"number": "[int(parameters('s'))]", "none": "[parameters('o').missing]"},
 "resources": [
  {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "[parameters('s')]", "properties": {
   "addressSpace": {"addressPrefixes": ["[parameters('s')]"]},
   "subnets": [{"name": "[parameters('o').k]", "properties": {"addressPrefix": "[concat(parameters('s'), '/24')]"}}]}},
  {"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01", "name": "[variables('number')]", "tags": {
   "a": "[variables('none')]", "b": "[json(parameters('s'))]", "c": "[cidrSubnet(parameters('s'), 24, 0)]",
   "d": "[parameters(parameters('s'))]", "e": "[variables(toLower(parameters('s')))]", "f": "[parameters('few')]",
   "g": "[parameters('wrong')]", "h": "[resourceId(parameters('s'))]", "i": "[createObject('a', 1)[parameters('s')]]",
   "j": "[parameters('given')]", "k": "[parameters('vault')]", "l": "[fail(parameters('s'))]", "m": "[format(parameters('s'), 1)]",
   "n": "[listKeys('CANARYless', '2023-01-01').key]", "o": "[base64ToString(parameters('s'))]", "p": "[union(parameters('s'), parameters('o'))]"}},
  {"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01", "name": "c", "properties": {
   "networkProfile": {"networkPlugin": "kubenet", "serviceCidr": "[parameters('range')]", "podCidr": "[concat(parameters('range'), '')]",
    "dnsServiceIP": "10.9.9.9", "loadBalancerSku": "[split(parameters('range'), '/')[0]]"}}}
 ]}`

const canaryParameters = `{
 "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
 "parameters": {
  "given": {"value": "CANARY-given"},
  "vault": {"reference": {"keyVault": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"}, "secretName": "n"}}
 }}`

// TestSecretsAreNeverPrinted looks for the values of secure parameters in every
// output format.
func TestSecretsAreNeverPrinted(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"main.json": canaryTemplate, "main.parameters.json": canaryParameters} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report, err := linter.Run(context.Background(), linter.Options{Fixes: true}, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) < 5 {
		t.Fatalf("only %d findings: the template makes no messages", len(report.Findings))
	}
	opts := format.Options{Text: format.TextOptions{Verbose: true, ShowUndecided: true}}
	for _, name := range format.Names() {
		var out bytes.Buffer
		if err := format.Write(&out, name, report, opts); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if strings.Contains(strings.ToLower(line), "canary-") || strings.Contains(line, "10.77.") {
				t.Errorf("%s prints a secret: %s", name, line)
			}
		}
	}
}
