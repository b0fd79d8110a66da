package function

// scopeRows describe where the template is deployed.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope
var scopeRows = []row{
	{name: "managementGroup", min: 0, max: 0, kind: Context, run: contextObject},
	{name: "resourceGroup", min: 0, max: 0, kind: Context, run: contextObject},
	{name: "subscription", min: 0, max: 0, kind: Context, run: contextObject},
	{name: "tenant", min: 0, max: 0, kind: Context, run: contextObject},
}
