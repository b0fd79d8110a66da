package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// publicCloud is what environment() gives in Azure's public cloud: paths of
// members and their values.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment
var publicCloud = [][2]string{
	{"name", "AzureCloud"},
	{"gallery", "https://gallery.azure.com/"},
	{"graph", "https://graph.windows.net/"},
	{"portal", "https://portal.azure.com"},
	{"graphAudience", "https://graph.windows.net/"},
	{"activeDirectoryDataLake", "https://datalake.azure.net/"},
	{"batch", "https://batch.core.windows.net/"},
	{"media", "https://rest.media.azure.net"},
	{"sqlManagement", "https://management.core.windows.net:8443/"},
	{"vmImageAliasDoc", "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json"},
	{"resourceManager", "https://management.azure.com/"},
	{"authentication.loginEndpoint", "https://login.microsoftonline.com/"},
	{"authentication.audiences", "https://management.core.windows.net/ https://management.azure.com/"},
	{"authentication.tenant", "common"},
	{"authentication.identityProvider", "AAD"},
	{"suffixes.acrLoginServer", ".azurecr.io"},
	{"suffixes.azureDatalakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net"},
	{"suffixes.azureDatalakeStoreFileSystem", "azuredatalakestore.net"},
	{"suffixes.azureFrontDoorEndpointSuffix", "azurefd.net"},
	{"suffixes.keyvaultDns", ".vault.azure.net"},
	{"suffixes.sqlServerHostname", ".database.windows.net"},
	{"suffixes.storage", "core.windows.net"},
}

// CloudEnvironment is the value of environment() in Azure's public cloud.
func CloudEnvironment() *value.Value {
	var top, authentication, suffixes value.Builder
	for _, entry := range publicCloud {
		group, name, nested := strings.Cut(entry[0], ".")
		text := value.NewString(entry[1])
		switch {
		case !nested:
			top.Set(value.Member{Name: group, Value: text})
		case name == "audiences":
			var list []*value.Value
			for _, audience := range strings.Fields(entry[1]) {
				list = append(list, value.NewString(audience))
			}
			authentication.Set(value.Member{Name: name, Value: value.NewArray(list)})
		case group == "authentication":
			authentication.Set(value.Member{Name: name, Value: text})
		default:
			suffixes.Set(value.Member{Name: name, Value: text})
		}
	}
	top.Set(value.Member{Name: "authentication", Value: authentication.Object()})
	top.Set(value.Member{Name: "suffixes", Value: suffixes.Object()})
	return top.Object()
}
