package function

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// runtimeRows are answered by Azure during the deployment, or anew each time.
// Env.Resolve may know the answer all the same.
var runtimeRows = []row{
	{name: "reference", min: 1, max: 3, kind: Runtime, needs: nothing, reason: value.Reference, run: resolve},
	{name: "references", min: 1, max: 2, kind: Runtime, needs: nothing, reason: value.Reference, run: resolve},
	{name: "listOutputsWithSecureValues", min: 2, max: 2, kind: Runtime, needs: nothing, reason: value.ListSecret, run: resolve},
	{name: "resourceInfo", min: 1, max: 1, kind: Context, needs: nothing, reason: value.Reference, run: resolve},
	{name: "target", min: 0, max: 1, kind: Runtime, needs: nothing, reason: value.Reference, run: resolve},
	{name: "deployer", min: 0, max: 0, kind: Runtime, needs: nothing, reason: value.Context, run: resolve},
	{name: "extensions", min: 1, max: 1, kind: Runtime, needs: nothing, reason: value.Context, run: resolve},
	{name: "externalInputs", min: 1, max: 1, kind: Runtime, needs: nothing, reason: value.Context, run: resolve},
	{name: "roleDefinitions", min: 1, max: 1, kind: Runtime, needs: nothing, reason: value.Context, run: resolveNamed},
	{name: "pickZones", min: 3, max: 5, kind: Runtime, needs: nothing, reason: value.Regional, run: resolve},
	{name: "providers", min: 1, max: 2, kind: Runtime, needs: nothing, reason: value.Regional, run: resolveNamed},
	{name: "toLogicalZone", min: 3, max: 3, kind: Runtime, needs: nothing, reason: value.Regional, run: resolve},
	{name: "toLogicalZones", min: 3, max: 3, kind: Runtime, needs: nothing, reason: value.Regional, run: resolve},
	{name: "toPhysicalZone", min: 3, max: 3, kind: Runtime, needs: nothing, reason: value.Regional, run: resolve},
	{name: "toPhysicalZones", min: 3, max: 3, kind: Runtime, needs: nothing, reason: value.Regional, run: resolve},
	{name: "newGuid", min: 0, max: 0, kind: Random, needs: nothing, reason: value.Clock, run: resolve},
	{name: "utcNow", min: 0, max: 1, kind: Random, needs: nothing, reason: value.Clock, run: resolve},
}

// listRow stands for all functions whose names begin with "list": they read
// keys and other secrets of a resource.
var listRow = row{name: "list*", min: 1, max: 4, kind: Runtime, needs: nothing, reason: value.ListSecret, run: resolve}

// resolve asks the Env and gives a doubt where nobody knows.
func resolve(c *call) (*value.Value, error) {
	v, err := c.env().Resolve(c.row.name, c.args)
	if err != nil || v != nil {
		return v, err
	}
	return c.doubt(c.row.reason, c.node.At), nil
}

// resolveNamed is resolve for functions whose arguments are names.
func resolveNamed(c *call) (*value.Value, error) {
	for i, arg := range c.args {
		if arg.Kind != value.String && arg.Kind != value.Unknown {
			return nil, c.wrongType(i, "a string")
		}
	}
	return resolve(c)
}
