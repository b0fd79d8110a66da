package corpus

import "fmt"

// storage adds accounts by a loop over an array of the variables.
func (t *template) storage() {
	name := t.unique()
	t.variables = t.variables.with(field{name + "Kinds", texts("raw", "curated", "logs")})
	t.add("Microsoft.Storage/storageAccounts", "2024-01-01",
		"[take(toLower(concat(variables('"+name+"Kinds')[copyIndex()], '"+t.letters(4)+"', variables('suffix'))), 24)]",
		object{
			{"minimumTlsVersion", "TLS1_2"}, {"allowBlobPublicAccess", false}, {"supportsHttpsTrafficOnly", true},
			{"networkAcls", object{{"bypass", "AzureServices"}, {"defaultAction", "Deny"}}},
		},
		field{"copy", object{{"name", name}, {"count", "[length(variables('" + name + "Kinds'))]"}}},
		field{"sku", object{{"name", "[if(equals(parameters('environment'), 'production'), 'Standard_ZRS', 'Standard_LRS')]"}}},
		field{"kind", "StorageV2"})
}

// machines adds network interfaces and virtual machines by loops.
func (t *template) machines() {
	name := t.unique()
	count := t.parameter(name+"Count", object{{"type", "int"}, {"defaultValue", t.between(1, 5)}, {"metadata", object{{"description", t.sentence(6)}}}})
	password := t.parameter(name+"Key", object{{"type", "securestring"}, {"metadata", object{{"description", t.sentence(9)}}}})
	copied := field{"copy", object{{"name", name}, {"count", count}}}
	one := "[concat(variables('prefix'), '-" + name + "-', copyIndex())]"
	t.add("Microsoft.Network/networkInterfaces", "2024-05-01", one, object{{"ipConfigurations", list{object{
		{"name", "primary"}, {"properties", object{
			{"privateIPAllocationMethod", "Dynamic"},
			{"subnet", object{{"id", "[resourceId('" + t.word() + "', 'Microsoft.Network/virtualNetworks/subnets', 'hub', 'machines')]"}}},
		}},
	}}}}, copied)
	t.add("Microsoft.Compute/virtualMachines", "2024-07-01", one, object{
		{"hardwareProfile", object{{"vmSize", pick(t.dice, "Standard_D2s_v5", "Standard_E4s_v5")}}},
		{"osProfile", object{
			{"computerName", "[concat('vm', copyIndex(1))]"}, {"adminUsername", "operator"},
			{"linuxConfiguration", object{{"disablePasswordAuthentication", true}, {"ssh", object{{"publicKeys", list{object{
				{"path", "/home/operator/.ssh/authorized_keys"}, {"keyData", password}}}}}}}},
		}},
		{"storageProfile", object{
			{"imageReference", object{{"publisher", "Canonical"}, {"offer", "ubuntu-24_04-lts"}, {"sku", "server"}, {"version", "latest"}}},
			{"osDisk", object{{"createOption", "FromImage"}, {"diskSizeGB", 32 * t.between(1, 8)}}},
		}},
		{"networkProfile", object{{"networkInterfaces", list{object{
			{"id", "[resourceId('Microsoft.Network/networkInterfaces', concat(variables('prefix'), '-" + name + "-', copyIndex()))]"}}}}}},
	}, copied)
}

// site adds a web site with its plan and settings.
func (t *template) site() {
	name := t.unique()
	settings := list{}
	for i := range t.between(3, 20) {
		settings = append(settings, object{{"name", fmt.Sprintf("%s_%d", t.word(), i)}, {"value", pick(t.dice, t.letters(18), t.sentence(8),
			"[concat('https://', variables('prefix'), '.', '"+t.word()+"', '.example/')]")}})
	}
	t.add("Microsoft.Web/serverfarms", "2024-04-01", named(name), object{{"reserved", true}},
		field{"sku", object{{"name", pick(t.dice, "P1v3", "P2v3", "B2")}}}, field{"kind", "linux"})
	t.add("Microsoft.Web/sites", "2024-04-01", named(name), object{
		{"serverFarmId", "[" + resourceID("Microsoft.Web/serverfarms", name) + "]"}, {"httpsOnly", true},
		{"siteConfig", object{{"alwaysOn", true}, {"linuxFxVersion", "DOTNETCORE|8.0"}, {"appSettings", settings}}},
	}, field{"dependsOn", texts("[" + resourceID("Microsoft.Web/serverfarms", name) + "]")}, field{"identity", object{{"type", "SystemAssigned"}}})
}

// vault adds a key vault with a private endpoint.
func (t *template) vault() {
	name := t.unique()
	t.add("Microsoft.KeyVault/vaults", "2023-07-01", named(name), object{
		{"tenantId", "[subscription().tenantId]"}, {"sku", object{{"family", "A"}, {"name", "standard"}}},
		{"enableRbacAuthorization", true}, {"softDeleteRetentionInDays", t.between(7, 90)}, {"publicNetworkAccess", "Disabled"},
	})
	t.add("Microsoft.Network/privateEndpoints", "2024-05-01", named(name), object{
		{"subnet", object{{"id", "[resourceId('" + t.word() + "', 'Microsoft.Network/virtualNetworks/subnets', 'hub', 'endpoints')]"}}},
		{"privateLinkServiceConnections", list{object{{"name", "vault"}, {"properties", object{
			{"privateLinkServiceId", "[" + resourceID("Microsoft.KeyVault/vaults", name) + "]"}, {"groupIds", texts("vault")}}}}}},
	}, field{"dependsOn", texts("[" + resourceID("Microsoft.KeyVault/vaults", name) + "]")})
}

// database adds a server with its databases, and what it logs.
func (t *template) database() {
	name := t.unique()
	t.add("Microsoft.DBforPostgreSQL/flexibleServers", "2024-08-01", named(name), object{
		{"version", fmt.Sprint(t.between(14, 17))}, {"storage", object{{"storageSizeGB", 32 * t.between(1, 16)}}},
		{"highAvailability", object{{"mode", "[if(equals(parameters('environment'), 'production'), 'ZoneRedundant', 'Disabled')]"}}},
		{"authConfig", object{{"activeDirectoryAuth", "Enabled"}, {"passwordAuth", "Disabled"}}},
	}, field{"sku", object{{"name", "Standard_D4ds_v5"}, {"tier", "GeneralPurpose"}}})
	for i := range t.between(1, 6) {
		t.append(object{
			{"type", "Microsoft.DBforPostgreSQL/flexibleServers/databases"}, {"apiVersion", "2024-08-01"},
			{"name", fmt.Sprintf("[concat(variables('prefix'), '-%s/%s%d')]", name, t.word(), i)},
			{"dependsOn", texts("[" + resourceID("Microsoft.DBforPostgreSQL/flexibleServers", name) + "]")},
			{"properties", object{{"charset", "UTF8"}, {"collation", "en_US.utf8"}}},
		})
	}
}
