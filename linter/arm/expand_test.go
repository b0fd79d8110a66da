package arm

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/arm/function"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// template makes a template of the members beside $schema.
func template(members string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", ` + members + `}`
}

func expand(t testing.TB, members string, opts Options) *Deployment {
	t.Helper()
	d, err := Expand(context.Background(), parseDocument(t, "template.json", []byte(template(members))), opts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLocate(t *testing.T) {
	text := template(`"parameters": {"prefix": {"type": "string", "defaultValue": "10.0.0.0/24"}},
"variables": {"nets": [{"name": "a", "properties": {"addressPrefix": "[parameters('prefix')]"}}]},
"resources": [
 {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "v",
  "properties": {"subnets": "[variables('nets')]"}},
 {"type": "A.B/c", "apiVersion": "1", "name": "[format('n{0}', copyIndex())]", "copy": {"name": "all", "count": 3},
  "properties": {"x": "[add(copyIndex(), 1)]"}}]`)
	d, err := Expand(context.Background(), parseDocument(t, "template.json", []byte(text)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := d.Hoist()
	tests := []struct {
		resource string
		path     []any
		want     string // the text at the place, and the steps behind it
		depth    int
	}{
		{"v", []any{"properties", "subnets", 0, "properties", "addressPrefix"}, `"[parameters('prefix')]" < default of prefix`, 5},
		{"v", []any{"Properties", "SUBNETS", 0, "properties", "routeTable", "id"}, `"properties"`, 4},
		{"v", []any{"properties", "subnets"}, `"subnets" < variable nets`, 2},
		{"v", []any{"location"}, `{"type": "Microsoft.Network`, 0},
		{"v/a", []any{"properties", "addressPrefix"}, `"[parameters('prefix')]" < default of prefix`, 2},
		{"n2", []any{"properties", "x"}, `"[add(copyIndex(), 1)]"`, 2},
	}
	for _, test := range tests {
		for _, r := range all {
			if r.Name != test.resource {
				continue
			}
			o, depth := r.Locate(test.path)
			place, steps, _ := strings.Cut(test.want, " < ")
			if got := text[o.Span.Start:]; !strings.HasPrefix(got, place) || depth != test.depth {
				t.Errorf("%s %v: %d steps to %.40q, want %d to %s", test.resource, test.path, depth, got, test.depth, place)
			}
			if steps != "" && !strings.Contains(chain(o), steps) {
				t.Errorf("%s %v: %s, want %s", test.resource, test.path, chain(o), steps)
			}
			if r.Name == "n2" && (o.Step != value.CopyIndex || o.Name != "all" || o.Index != 2) {
				t.Errorf("the turn of the loop is lost: %s", chain(o))
			}
		}
	}
}

func TestParameters(t *testing.T) {
	d := expand(t, `"parameters": {
"read": {"type": "bool", "defaultValue": true}, "output": {"type": "string", "defaultValue": "x"}, "idle": {"type": "string"},
"set": {"type": "string", "allowedValues": ["a", "b"]}, "password": {"type": "secureString"}},
"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('set')]", "properties": {"r": "[parameters('read')]", "p": "[concat('x', parameters('password'))]"}}],
"outputs": {"o": {"type": "string", "value": "[parameters('output')]"}}`,
		Options{Set: map[string]*value.Value{"SET": value.NewString("b"), "password": value.NewString("hidden")}})
	var got []string
	for _, p := range d.Parameters {
		got = append(got, fmt.Sprintf("%s %s default=%v supplied=%v used=%v secure=%v allowed=%d", p.Name, p.Type, p.Default, p.Supplied, p.Used, p.Secure, len(p.Allowed)))
	}
	want := []string{
		"read bool default=true supplied=false used=true secure=false allowed=0",
		"output string default=true supplied=false used=false secure=false allowed=0",
		"idle string default=false supplied=false used=false secure=false allowed=0",
		"set string default=false supplied=true used=true secure=false allowed=2",
		"password securestring default=false supplied=true used=true secure=true allowed=0",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
	r := d.Resources[0]
	if v := at(r.Value, "properties.p"); r.Name != "b" || !v.HoldsSecret() {
		t.Errorf("%s: %v", r.Name, v)
	}
}

func TestSecretNames(t *testing.T) {
	d := expand(t, `"parameters": {"name": {"type": "secureString"}},
"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[concat('x-', parameters('name'))]", "tags": {"t": "[resourceId('A.B/c', parameters('name'))]"}}]`,
		Options{Set: map[string]*value.Value{"name": value.NewString("hidden")}})
	r := d.Resources[0]
	if strings.Contains(r.ID+r.Name, "hidden") || r.IDKnown {
		t.Errorf("a secret in %s", r.ID)
	}
	if v := at(r.Value, "tags.t"); !v.HoldsSecret() {
		t.Errorf("%v is no secret", v)
	}
}

// TestReferences: what the template sets is known, whatever Azure adds.
func TestReferences(t *testing.T) {
	d := expand(t, `"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "v", "location": "westus",
"properties": {"subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}],
"outputs": {
"prefix": {"type": "string", "value": "[reference('v').subnets[0].properties.addressPrefix]"},
"id": {"type": "string", "value": "[reference('v').subnets[0].id]"},
"child": {"type": "string", "value": "[reference(resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'a'), '2023-09-01').addressPrefix]"},
"full": {"type": "string", "value": "[reference('v', '2023-09-01', 'Full').location]"},
"guid": {"type": "string", "value": "[reference('v').resourceGuid]"},
"other": {"type": "string", "value": "[reference('v').subnets[1].id]"},
"nobody": {"type": "string", "value": "[reference('w').x]"}}`,
		Options{Context: Context{SubscriptionID: "s", ResourceGroup: "g"}})
	want := map[string]string{
		"prefix": "10.0.0.0/24", "child": "10.0.0.0/24", "full": "westus",
		"id":   "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a",
		"guid": "", "other": "", "nobody": "",
	}
	for _, o := range d.Outputs {
		if known := o.Value.Kind == value.String; known != (want[o.Name] != "") || known && o.Value.Str != want[o.Name] {
			t.Errorf("%s is %v, want %q", o.Name, plain(o.Value), want[o.Name])
		}
	}
	if len(d.Diagnostics) > 0 {
		t.Error(d.Diagnostics)
	}
}

// TestUnknownsHideNothing: what is known without a value for a parameter is the
// same with every value.
func TestUnknownsHideNothing(t *testing.T) {
	const members = `"parameters": {"name": {"type": "string"}, "n": {"type": "int"}, "on": {"type": "bool"}},
"variables": {"list": ["a", "b", "c"], "mode": "[if(parameters('on'), 'x', 'y')]"},
"resources": [
 {"type": "A.B/c", "apiVersion": "1", "name": "fixed", "properties": {
  "id": "[resourceId('A.B/d', parameters('name'))]", "known": "[concat('a', 'b')]", "same": "[if(parameters('on'), 1, 1)]",
  "pick": "[variables('list')[mod(parameters('n'), 3)]]", "len": "[length(createArray(parameters('name'), 1))]",
  "has": "[contains(createArray('q', parameters('name')), 'q')]", "mode": "[variables('mode')]",
  "both": "[and(parameters('on'), false())]", "first": "[first(createArray(1, parameters('n')))]",
  "starts": "[startsWith(parameters('name'), 'n')]", "equal": "[equals(parameters('name'), parameters('name'))]"}},
 {"type": "A.B/d", "apiVersion": "1", "name": "[parameters('name')]", "condition": "[parameters('on')]"}]`
	base := expand(t, members, Options{})
	known := 0
	for _, name := range []string{"n1", "other"} {
		for n := range int64(4) {
			for _, on := range []bool{true, false} {
				world := expand(t, members, Options{Set: map[string]*value.Value{
					"name": value.NewString(name), "n": value.NewInt(n), "on": value.NewBool(on),
				}})
				known = compareKnown(t, "", base.Resources[0].Value, world.Resources[0].Value)
			}
		}
	}
	if known < 7 {
		t.Errorf("only %d values are known", known)
	}
	if len(base.Resources) != 2 || base.Resources[1].Conditional == nil {
		t.Error("a resource whose condition is not known must be kept and marked")
	}
	if id := at(base.Resources[0].Value, "properties.id"); id.Str != base.Resources[1].ID {
		t.Errorf("%s does not match %s", id.Str, base.Resources[1].ID)
	}
}

func compareKnown(t *testing.T, path string, a, b *value.Value) (known int) {
	t.Helper()
	if a.Kind == value.Unknown || isID(a.Str) {
		return 0
	}
	if a.Kind != value.Object {
		if value.Equal(a, b) != value.Yes {
			t.Errorf("%s: %v without a value, %v with one", path, plain(a), plain(b))
		}
		return 1
	}
	for _, m := range a.Members {
		with := b.Get(m.Name)
		if with == nil {
			t.Errorf("%s.%s is lost", path, m.Name)
			continue
		}
		known += compareKnown(t, path+"."+m.Name, m.Value, with)
	}
	return known
}

func TestLimits(t *testing.T) {
	deep := `"resources": []`
	for i := range 20 {
		deep = fmt.Sprintf(`"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "d%d", "properties": {"template": {%s}}}]`, i, deep)
	}
	small := function.DefaultLimits()
	small.Steps = 200
	doubled := `"variables": {"v0": "xxxxxxxxxxxxxxxx"`
	for i := range 40 {
		doubled += fmt.Sprintf(`, "v%d": "[concat(variables('v%d'), variables('v%d'))]"`, i+1, i, i)
	}
	tests := map[string]struct {
		members string
		limits  Limits
	}{
		"nesting":   {deep, Limits{}},
		"steps":     {`"resources": [{"type": "A.B/c", "name": "x", "tags": {"a": "[length(range(0, 9000))]"}}]`, Limits{Evaluation: small}},
		"text":      {doubled + `}, "resources": [{"type": "A.B/c", "name": "x", "tags": {"a": "[variables('v40')]"}}]`, Limits{}},
		"resources": {`"resources": [{"type": "A.B/c", "name": "[string(copyIndex())]", "copy": {"name": "l", "count": 30}}]`, Limits{Resources: 20}},
		"elements":  {`"variables": {"copy": [{"name": "a", "count": 600, "input": 1}, {"name": "b", "count": 600, "input": 1}]}, "resources": [{"type": "A.B/c", "name": "x", "tags": {"a": "[variables('a')]", "b": "[variables('b')]"}}]`, Limits{CopyElements: 1000}},
		"time":      {`"resources": [{"type": "A.B/c", "name": "[string(copyIndex())]", "copy": {"name": "l", "count": 800}}]`, Limits{Time: time.Nanosecond}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := expand(t, test.members, Options{Limits: test.limits})
			for _, diag := range d.Diagnostics {
				if diag.Code == CodeLimit && diag.Origin != nil {
					return
				}
			}
			t.Errorf("no limit among %v", d.Diagnostics)
		})
	}
}

func TestLinksHaveBounds(t *testing.T) {
	doc := parseDocument(t, "template.json", []byte(template(`"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "again",
"properties": {"templateLink": {"relativePath": "template.json"}}}]`)))
	opts := Options{ReadLinked: readOnly(doc)}
	d, err := Expand(context.Background(), doc, opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Diagnostics) != 1 || d.Diagnostics[0].Code != CodeLimit {
		t.Errorf("a template that links to itself: %v", d.Diagnostics)
	}
}

func TestEndOfContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Expand(ctx, parseDocument(t, "t.json", []byte(template(`"resources": []`))), Options{}); err == nil {
		t.Error("no error after the context ended")
	}
}

func TestRecognize(t *testing.T) {
	tests := []struct {
		text                string
		template, parameter bool
		scope               Scope
	}{
		{`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}`, true, false, ResourceGroupScope},
		{`{"$schema": "http://schema.management.azure.com/schemas/2014-04-01-preview/deploymentTemplate.json"}`, true, false, ResourceGroupScope},
		{`{"$SCHEMA": "https://schema.management.azure.com/schemas/2018-05-01/SubscriptionDeploymentTemplate.json#"}`, true, false, SubscriptionScope},
		{`{"$schema": "https://schema.management.azure.com/schemas/2019-08-01/tenantDeploymentTemplate.json#"}`, true, false, TenantScope},
		{`{"$schema": "https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#"}`, true, false, ManagementGroupScope},
		{`{"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#"}`, false, true, 0},
		{`{"$schema": "https://example.com/deploymentTemplate.json"}`, false, false, 0},
		{`{"$schema": 3}`, false, false, 0},
		{`[]`, false, false, 0},
	}
	for _, test := range tests {
		doc := parseDocument(t, "x.json", []byte(test.text))
		scope, _ := TemplateScope(doc)
		if IsTemplate(doc) != test.template || IsParameterFile(doc) != test.parameter || scope != test.scope {
			t.Errorf("%s: %v %v %v", test.text, IsTemplate(doc), IsParameterFile(doc), scope)
		}
	}
}
