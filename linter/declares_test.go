package linter

import (
	"context"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

func TestDeclares(t *testing.T) {
	types := []string{"microsoft.network/virtualnetworks"}
	for text, want := range map[string]bool{
		`{}`: false,
		`{"resources": [{"type": "Microsoft.Network/virtualNetworks"}]}`:                                                       true,
		`{"resources": {"net": {"TYPE": "MICROSOFT.NETWORK/VIRTUALNETWORKS/subnets"}}}`:                                        true,
		`{"resources": [{"type": "Microsoft.Networ\u212a/virtualNetwor\u212as"}]}`:                                             true,
		`{"resources": [{"type": "[variables('type')]"}]}`:                                                                     true,
		`{"resources": [{"type": "Microsoft.Resources/deployments", "properties": {"template\u004cink": {"uri": "x.json"}}}]}`: true,
		`{"resources": [{"type": "Microsoft.Resources/deployments", "properties": {"template": {"resources": [
			{"type": "Microsoft.Network/virtualNetworks"}]}}}]}`: true,
		`{"parameters": {"id": {"type": "string", "defaultValue": "Microsoft.Network/virtualNetworks"}}, "resources": [
			{"type": "Microsoft.Network/privateEndpoints", "subnet": "[resourceId('Microsoft.Network/virtualNetworks', 'a')]"}]}`: false,
		`{"variables": {"type": {"type": 1}}, "resources": [{"type": "[[x]"}]}`: false,
	} {
		docs, problems := source.Parse(context.Background(), source.NewFile("a.json", []byte(text)), source.JSON, source.DefaultLimits())
		if len(problems) > 0 || len(docs) != 1 {
			t.Fatalf("%s: %v", text, problems)
		}
		if got := declares(docs[0].Root, types); got != want {
			t.Errorf("declares(%s) = %v", text, got)
		}
	}
}
