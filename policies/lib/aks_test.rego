package aksnetlint.lib.aks_test

import data.aksnetlint.lib.aks

cluster(network, pools) := {"properties": {"networkProfile": network, "agentPoolProfiles": pools}}

node_pool(properties) := {"name": "c/p", "properties": properties}

test_mode if {
	aks.mode(cluster({"networkPlugin": "Kubenet"}, [])) == "kubenet"
	aks.mode(cluster({"networkPlugin": "none"}, [])) == "none"
	aks.mode(cluster({"networkPlugin": "azure", "networkPluginMode": "Overlay"}, [])) == "overlay"
	aks.mode(cluster({"networkPlugin": "azure", "networkPluginMode": ""}, [])) == "node-subnet"
	aks.mode(cluster({"networkPlugin": "azure"}, [{"podSubnetID": ""}])) == "node-subnet"
	aks.mode(cluster({"networkPlugin": "azure"}, [{"podSubnetID": "/x"}])) == "pod-subnet-dynamic"
	aks.mode(cluster({"networkPlugin": "azure"}, [{"podSubnetID": "/x", "podIPAllocationMode": "StaticBlock"}])) == "pod-subnet-static"
	not aks.mode(cluster({}, []))
	not aks.mode(cluster({"networkPlugin": ""}, []))
	not aks.mode({"properties": {}})
}

test_pool_mode if {
	flat := cluster({"networkPlugin": "azure"}, [{"podSubnetID": "/x"}])
	aks.pool_mode(flat, node_pool({})) == "node-subnet"
	aks.pool_mode(flat, node_pool({"podSubnetID": "/x"})) == "pod-subnet-dynamic"
	aks.pool_mode(cluster({"networkPlugin": "kubenet"}, []), node_pool({"podSubnetID": "/x"})) == "kubenet"
	not aks.pool_mode(cluster({}, []), node_pool({"podSubnetID": "/x"}))
}

deployment := {
	"resources": {
		"/c1": {"id": "/C1", "type": "Microsoft.ContainerService/managedClusters"},
		"/c1/agentpools/a": {"id": "/C1/agentPools/a", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c1/a"},
		"/c1/agentpools/b": {"id": "/C1/agentPools/b", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c1/b"},
		"/c10/agentpools/a": {"id": "/C10/agentPools/a", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c10/a"},
	},
	"by_type": {aks.pool_type: ["/c1/agentpools/a", "/c1/agentpools/b", "/c10/agentpools/a"]},
}

context(id) := {"resource": deployment.resources[id], "deployment": deployment}

test_pools if {
	object.keys(aks.pools(context("/c1"))) == {"/c1/agentpools/a", "/c1/agentpools/b"}
	aks.pools({"resource": {"id": "/x"}, "deployment": {"by_type": {}, "resources": {}}}) == {}
}

test_judged_pools if {
	object.keys(aks.judged_pools(context("/c1"))) == {"/c1/agentpools/a", "/c1/agentpools/b"}
	not aks.judged_pools(context("/c1/agentpools/a"))
	object.keys(aks.judged_pools(context("/c10/agentpools/a"))) == {"/c10/agentpools/a"}
}

test_names if {
	aks.pool_name(deployment.resources["/c1/agentpools/b"]) == "b"
	aks.name({"name": "plain"}) == "plain"
	aks.last_segment("/a/b") == "b"
}

test_kind_of_pool if {
	aks.is_system(node_pool({"mode": "System"}))
	not aks.is_system(node_pool({}))
	aks.is_windows(node_pool({"osType": "Windows"}))
	not aks.is_windows(node_pool({}))
}

test_node_count if {
	aks.node_count(node_pool({"count": 3})) == 3
	aks.node_count(node_pool({"count": 0})) == 0
	aks.node_count(node_pool({})) == 1
	aks.node_count(node_pool({"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {"manual": [{"count": 2}, {"count": 3}]}}})) == 5
}

test_capacity if {
	aks.capacity(node_pool({"count": 3})) == 3
	aks.capacity(node_pool({"count": 3, "maxCount": 9})) == 3
	aks.capacity(node_pool({"count": 3, "maxCount": 9, "enableAutoScaling": false})) == 3
	aks.capacity(node_pool({"count": 3, "maxCount": 9, "enableAutoScaling": true})) == 9
	aks.capacity(node_pool({"count": 3, "enableAutoScaling": true})) == 3
	machines := {"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {
		"manual": [{"count": 2}],
		"autoscale": {"minCount": 1, "maxCount": 7},
	}}}
	aks.capacity(node_pool(machines)) == 9
	aks.node_count(node_pool(machines)) == 3
	aks.capacity(node_pool({"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {"autoscale": [{"maxCount": 4}]}}})) == 4
}

test_max_pods if {
	aks.max_pods(cluster({"networkPlugin": "azure"}, []), node_pool({})) == 30
	aks.max_pods(cluster({"networkPlugin": "azure"}, []), node_pool({"maxPods": 60})) == 60
	aks.max_pods(cluster({"networkPlugin": "azure"}, []), node_pool({"podSubnetID": "/x"})) == 250
	aks.max_pods(cluster({"networkPlugin": "kubenet"}, []), node_pool({})) == 110
	aks.max_pods(cluster({"networkPlugin": "none"}, []), node_pool({})) == 110
	aks.max_pods(cluster({"networkPlugin": "azure", "networkPluginMode": "overlay"}, []), node_pool({})) == 250
	aks.max_pods(cluster({}, []), node_pool({"maxPods": 60})) == 60
	not aks.max_pods(cluster({}, []), node_pool({}))
}

surge(properties, version) := aks.surge(node_pool(properties), {"properties": {"kubernetesVersion": version}})

with_surge(nodes, value) := {"count": nodes, "upgradeSettings": {"maxSurge": value}}

test_surge if {
	surge({"count": 3}, "1.30.1") == 1
	surge({"count": 25}, "1.31") == 1
	surge({"count": 25}, "1.32.0") == 3
	surge({"count": 25}, "") == 3
	surge({"count": 0}, "1.30") == 0
	surge(with_surge(3, "33%"), "") == 1
	surge(with_surge(10, "33%"), "") == 4
	surge(with_surge(10, "50%"), "") == 5
	surge(with_surge(3, "7"), "") == 3
	surge(with_surge(20, "7"), "1.30") == 7
	surge(with_surge(20, 7), "") == 7
	surge(with_surge(20, "0"), "") == 0
	surge(with_surge(20, "many"), "") == 2
	surge({"count": 20, "scaleSetPriority": "Spot"}, "") == 0
}

test_subnets if {
	pool := node_pool({"vnetSubnetID": "/V/Subnets/A/", "podSubnetID": "/V/Subnets/P"})
	ctx := {"deployment": {"resources": {"/v/subnets/a": {"name": "v/a"}, "/v/subnets/p": {"name": "v/p"}}}}
	aks.node_subnet(ctx, pool).name == "v/a"
	aks.pod_subnet(ctx, pool).name == "v/p"
	not aks.node_subnet_id(node_pool({"vnetSubnetID": ""}))
	not aks.node_subnet_id(node_pool({"vnetSubnetID": null}))
	aks.subnet_vnet_id("/v/subnets/a") == "/v"
	not aks.subnet_vnet_id("/v")
}

test_node_subnet_ids if {
	aks.node_subnet_ids({
		"resource": {"id": "/C"},
		"deployment": {
			"resources": {"/c/agentpools/a": node_pool({"vnetSubnetID": "/V/subnets/A"})},
			"by_type": {aks.pool_type: ["/c/agentpools/a"]},
		},
	}) == {"/v/subnets/a"}
}

test_subnet_ranges if {
	aks.subnet_ranges({"properties": {"addressPrefix": "10.0.0.0/24"}}) == {"10.0.0.0/24"}
	aks.subnet_ranges({"properties": {"addressPrefixes": ["10.0.0.0/24", "fd00::/64"]}}) == {"10.0.0.0/24", "fd00::/64"}
	aks.subnet_ranges({"properties": {"addressPrefix": "", "addressPrefixes": []}}) == set()
}

test_route_table_id if {
	aks.route_table_id({"properties": {"routeTable": {"id": "/RT"}}}) == "/rt"
	not aks.route_table_id({"properties": {"routeTable": null}})
	not aks.route_table_id({"properties": {"routeTable": {"id": ""}}})
}

test_identity if {
	aks.identity_type({"identity": {"type": "SystemAssigned"}}) == "systemassigned"
	not aks.identity_type({"identity": {"type": "None"}})
	not aks.identity_type({})
	aks.has_user_identity({"identity": {"type": "UserAssigned"}})
	aks.service_principal({"properties": {"servicePrincipalProfile": {"clientId": "0-1"}}}) == "0-1"
	not aks.service_principal({"properties": {"servicePrincipalProfile": {"clientId": "msi"}}})
}

test_existing if {
	aks.is_existing({"existing": true})
	not aks.is_existing({})
}

test_versions if {
	aks.before_version({"properties": {"kubernetesVersion": "1.9.11"}}, "1.10")
	aks.from_version({"properties": {"kubernetesVersion": "1.32"}}, "1.32")
	aks.before_version({"properties": {}}, "1.32") with data.settings.kubernetes_version as "1.31"
	not aks.before_version({"properties": {}}, "1.32")
	not aks.from_version({"properties": {}}, "1.32")
	not aks.from_version({"properties": {"kubernetesVersion": "latest"}}, "1.32")
	aks.api_date({"apiVersion": "2024-05-02-preview"}) == "2024-05-02"
	not aks.api_date({"apiVersion": "latest"})
}

test_facts if {
	aks.min_max_pods < aks.max_max_pods
	aks.min_pods_per_pool == aks.min_max_pods * 3
	aks.is_kubenet(cluster({"networkPlugin": "kubenet"}, []))
}

test_differ if {
	known := {"deployment": {"context": {"subscription": "s", "resourceGroup": "g"}}}
	a := "/subscriptions/1/resourcegroups/g/providers/x/y/a"
	b := "/subscriptions/1/resourcegroups/g/providers/x/y/b"
	aks.differ({}, a, b)
	not aks.differ({}, a, a)
	not aks.differ({}, a, "/subscriptions/1/resourcegroups/g/providers/x/y/{name}")
	not aks.differ({}, "/subscriptions/1/resourcegroups/g/providers/x/y/{name}", a)
	aks.differ({}, a, "/subscriptions/2/resourcegroups/g/providers/x/y/a")
	every stand_in in [
		"/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/g/providers/x/y/a",
		"/subscriptions/1/resourcegroups/resource-group/providers/x/y/a",
	] {
		aks.differ(known, a, stand_in)
		not aks.differ({"deployment": {"context": {"subscription": "s"}}}, a, stand_in)
	}
}

test_subscription if {
	aks.subscription_of("/subscriptions/2/resourcegroups/g/providers/x/y/a") == "2"
	not aks.subscription_of("/tenants/2")
}
