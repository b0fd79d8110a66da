package corpus

import (
	"bytes"
	"fmt"
)

// template is one ARM template while it is made.
type template struct {
	dice
	index      int
	parameters object
	variables  object
	resources  list
	// size is that of the resources as they are written, in bytes.
	size int
}

// blocks are what templates are made of, by their share. Each adds the
// resources that belong together.
var blocks = []choice[func(*template)]{
	{1, (*template).cluster},
	{19, (*template).storage},
	{10, (*template).machines},
	{12, (*template).site},
	{10, (*template).vault},
	{14, (*template).alerts},
	{8, (*template).dashboard},
	{8, (*template).roles},
	{10, (*template).nested},
	{8, (*template).database},
}

// Template is the ARM template at the index: some 30 kB on average, and every
// twentieth some 470 kB.
func Template(seed uint64, index int) File {
	d := newDice(seed, streamTemplate, index)
	t := &template{dice: d, index: index}
	t.parameters = object{
		{"location", object{{"type", "string"}, {"defaultValue", "[resourceGroup().location]"}, {"metadata", object{{"description", d.sentence(8)}}}}},
		{"environment", object{{"type", "string"}, {"defaultValue", "test"}, {"allowedValues", texts("test", "staging", "production")}}},
		{"tags", object{{"type", "object"}, {"defaultValue", object{{"team", d.word()}, {"costCenter", d.letters(6)}}}}},
	}
	t.variables = object{
		{"prefix", "[concat('" + d.word() + "-', parameters('environment'))]"},
		{"suffix", "[uniqueString(resourceGroup().id, deployment().name)]"},
	}
	goal := d.between(4_000, 36_000)
	if index%20 == 7 {
		goal = d.between(420_000, 480_000)
	}
	if d.chance(15) {
		t.cluster()
	}
	for t.size < goal {
		weighted(d, blocks)(t)
	}
	dir := pick(d, "platform", "landing-zone", "workloads") + "/" + d.word()
	return File{fmt.Sprintf("%s/%s-%03d.json", dir, pick(d, "azuredeploy", "main", d.word()), index), jsonText(t.document())}
}

func (t *template) document() object {
	return object{
		{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
		{"contentVersion", "1.0.0.0"},
		{"parameters", t.parameters},
		{"variables", t.variables},
		{"resources", t.resources},
		{"outputs", object{{"prefix", object{{"type", "string"}, {"value", "[variables('prefix')]"}}}}},
	}
}

// add appends a resource. What follows properties does not hold for all
// resources: copy, dependsOn, sku and the like.
func (t *template) add(kind, apiVersion, name string, properties object, more ...field) {
	resource := object{{"type", kind}, {"apiVersion", apiVersion}, {"name", name}, {"location", "[parameters('location')]"}}
	if t.chance(70) {
		resource = resource.with(field{"tags", "[parameters('tags')]"})
	}
	t.append(resource.with(more...).with(field{"properties", properties}))
}

// append adds a resource as it is.
func (t *template) append(resource object) {
	var text bytes.Buffer
	writeJSON(&text, resource, "\n    ")
	t.size += text.Len()
	t.resources = append(t.resources, resource)
}

// unique is a name that the template does not have yet.
func (t *template) unique() string { return fmt.Sprintf("%s%d", t.word(), len(t.resources)) }

// parameter declares one and is the expression that reads it.
func (t *template) parameter(name string, declaration object) string {
	t.parameters = t.parameters.with(field{name, declaration})
	return "[parameters('" + name + "')]"
}

// named is an expression for the name of a resource.
func named(name string) string { return "[concat(variables('prefix'), '-" + name + "')]" }

// resourceID is the expression for the id of the resource that named names,
// without brackets.
func resourceID(kind, name string) string {
	return "resourceId('" + kind + "', concat(variables('prefix'), '-" + name + "'))"
}
