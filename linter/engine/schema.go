package engine

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// readSchemas makes the schemas available to METADATA as schema.NAME.
func readSchemas(schemas map[string][]byte, p *problems) *ast.SchemaSet {
	set := ast.NewSchemaSet()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		var raw any
		if err := json.Unmarshal(schemas[name], &raw); err != nil {
			p.add("schema/"+name+".json", 0, 0, "reading the schema: %v", err)
			continue
		}
		set.Put(ast.SchemaRootRef.Append(ast.StringTerm(name)), raw)
	}
	return set
}
