package corpus

import "fmt"

// plugins are the ways in which clusters give their pods addresses.
var plugins = []choice[object]{
	{50, object{{"networkPlugin", "azure"}, {"networkPluginMode", "overlay"}, {"podCidr", "10.244.0.0/16"}}},
	{30, object{{"networkPlugin", "azure"}}},
	{20, object{{"networkPlugin", "kubenet"}, {"podCidr", "10.244.0.0/16"}}},
}

// cluster adds an AKS cluster with its network: a virtual network, its
// subnets, a network security group and a route table.
func (t *template) cluster() {
	name := t.unique()
	plugin := weighted(t.dice, plugins)
	t.securityGroup(name)
	t.routeTable(name)
	t.virtualNetwork(name)
	nodes := t.parameter(name+"Nodes", object{{"type", "int"}, {"defaultValue", t.between(1, 9)}, {"minValue", 1}, {"maxValue", 20}})
	version := t.parameter(name+"Version", object{{"type", "string"}, {"defaultValue", fmt.Sprintf("1.%d", t.between(33, 35))}})
	subnet := "[resourceId('Microsoft.Network/virtualNetworks/subnets', concat(variables('prefix'), '-" + name + "'), 'nodes')]"
	profile := object{
		{"name", "system"}, {"mode", "System"}, {"count", nodes}, {"vmSize", "Standard_D4s_v5"}, {"osType", "Linux"},
		{"maxPods", pick(t.dice, 30, 50, 110)}, {"vnetSubnetID", subnet}, {"type", "VirtualMachineScaleSets"},
		{"availabilityZones", texts("1", "2", "3")},
	}
	network := plugin.with(
		field{"serviceCidr", "172.16.0.0/16"}, field{"dnsServiceIP", "172.16.0.10"}, field{"loadBalancerSku", "standard"},
		field{"outboundType", pick(t.dice, "loadBalancer", "loadBalancer", "userDefinedRouting")})
	identity := object{{"type", "SystemAssigned"}}
	if plugin[0].value == "kubenet" && t.chance(80) {
		identity = object{{"type", "UserAssigned"}, {"userAssignedIdentities", object{
			{"[" + resourceID("Microsoft.ManagedIdentity/userAssignedIdentities", name) + "]", object{}},
		}}}
	}
	if plugin[0].value == "azure" && t.chance(50) {
		network = network.with(field{"networkPolicy", pick(t.dice, "azure", "calico")})
	}
	t.add("Microsoft.ContainerService/managedClusters", "2025-05-01", named(name), object{
		{"kubernetesVersion", version}, {"dnsPrefix", named(name)}, {"enableRBAC", true},
		{"agentPoolProfiles", list{profile}}, {"networkProfile", network},
		{"apiServerAccessProfile", object{{"authorizedIPRanges", texts("203.0.113.0/24")}}},
		{"addonProfiles", object{{"azurepolicy", object{{"enabled", t.chance(50)}}}}},
		{"autoUpgradeProfile", object{{"upgradeChannel", pick(t.dice, "patch", "stable")}}},
	}, field{"identity", identity}, field{"sku", object{{"name", "Base"}, {"tier", "Standard"}}},
		field{"dependsOn", texts("[" + resourceID("Microsoft.Network/virtualNetworks", name) + "]")})
	if t.chance(50) {
		t.agentPools(name, subnet)
	}
}

// agentPools adds pools of a cluster by a loop.
func (t *template) agentPools(name, subnet string) {
	t.append(object{
		{"type", "Microsoft.ContainerService/managedClusters/agentPools"}, {"apiVersion", "2025-05-01"},
		{"name", "[concat(variables('prefix'), '-" + name + "/pool', copyIndex(1))]"},
		{"copy", object{{"name", name + "Pools"}, {"count", t.between(1, 4)}}},
		{"dependsOn", texts("[" + resourceID("Microsoft.ContainerService/managedClusters", name) + "]")},
		{"properties", object{
			{"mode", "User"}, {"count", 2}, {"vmSize", "[if(equals(parameters('environment'), 'production'), 'Standard_D8s_v5', 'Standard_D4s_v5')]"},
			{"osType", "Linux"}, {"maxPods", 30}, {"vnetSubnetID", subnet},
		}},
	})
}

func (t *template) virtualNetwork(name string) {
	group := object{{"id", "[" + resourceID("Microsoft.Network/networkSecurityGroups", name) + "]"}}
	subnets := list{object{{"name", "nodes"}, {"properties", object{
		{"addressPrefix", fmt.Sprintf("10.%d.0.0/%d", t.index%200, t.between(19, 22))},
		{"networkSecurityGroup", group},
		{"routeTable", object{{"id", "[" + resourceID("Microsoft.Network/routeTables", name) + "]"}}},
	}}}}
	for i := range t.between(1, 5) {
		subnets = append(subnets, object{{"name", fmt.Sprintf("%s%d", t.word(), i)}, {"properties", object{
			{"addressPrefix", fmt.Sprintf("10.%d.%d.0/24", t.index%200, 100+i)}, {"networkSecurityGroup", group},
		}}})
	}
	t.add("Microsoft.Network/virtualNetworks", "2024-05-01", named(name), object{
		{"addressSpace", object{{"addressPrefixes", texts(fmt.Sprintf("10.%d.0.0/16", t.index%200))}}}, {"subnets", subnets},
	}, field{"dependsOn", texts(
		"["+resourceID("Microsoft.Network/networkSecurityGroups", name)+"]", "["+resourceID("Microsoft.Network/routeTables", name)+"]")})
}

func (t *template) securityGroup(name string) {
	rules := list{}
	for i := range t.between(2, 12) {
		rules = append(rules, object{{"name", fmt.Sprintf("%s-%d", t.word(), i)}, {"properties", object{
			{"priority", 1000 + 10*i}, {"direction", "Inbound"}, {"access", "Allow"}, {"protocol", "Tcp"},
			{"sourceAddressPrefix", pick(t.dice, "VirtualNetwork", "AzureLoadBalancer", "10.0.0.0/8")}, {"sourcePortRange", "*"},
			{"destinationAddressPrefix", "*"}, {"destinationPortRange", fmt.Sprint(pick(t.dice, 443, 8443, 9090))},
			{"description", t.sentence(6)},
		}}})
	}
	t.add("Microsoft.Network/networkSecurityGroups", "2024-05-01", named(name), object{{"securityRules", rules}})
}

func (t *template) routeTable(name string) {
	routes := list{object{{"name", "default"}, {"properties", object{
		{"addressPrefix", "0.0.0.0/0"}, {"nextHopType", "VirtualAppliance"}, {"nextHopIpAddress", "10.250.0.4"},
	}}}}
	for i := range t.between(0, 6) {
		routes = append(routes, object{{"name", fmt.Sprintf("%s-%d", t.word(), i)}, {"properties", object{
			{"addressPrefix", fmt.Sprintf("192.168.%d.0/24", 10*i)}, {"nextHopType", "VnetLocal"},
		}}})
	}
	t.add("Microsoft.Network/routeTables", "2024-05-01", named(name), object{{"disableBgpRoutePropagation", t.chance(50)}, {"routes", routes}})
}
