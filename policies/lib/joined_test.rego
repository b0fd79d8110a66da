# METADATA
# description: Services linked to a cluster, for the tests of rules that join the two.
package aksnetlint.lib.joined

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests

services_id := concat("", [fixture.vnet_id, "/subnets/services"])

# network: three subnets; that of the pods is delegated.
network := fixture.vnet("10.1.0.0/16", subnets)

subnets := {
	"nodes": {"addressPrefix": "10.1.0.0/24"},
	"services": {"addressPrefix": "10.1.4.0/28"},
	"pods": {"addressPrefixes": ["10.1.8.0/24", "fd00:1::/64"]},
}

# whole: the same, and the network lists its subnets.
whole := object.union(network, {fixture.vnet_id: object.union(network[fixture.vnet_id], {"properties": {
	"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]},
	"subnets": [{"name": name} | some name, _ in subnets],
}})})

# overlay(pools, others): a cluster with overlay pods.
overlay(pools, others) := fixture.input_for({"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}, pools, others)

# flat(pools, others): a cluster whose pods have addresses of a subnet.
flat(pools, others) := fixture.input_for({"networkProfile": {"networkPlugin": "azure"}}, pools, others)

# internal(values, spec): an internal Service with these annotations.
internal(values, spec) := manifests.shaped(manifests.azure(object.union({"azure-load-balancer-internal": "true"}, values)), spec)

# linked(svc, cluster): what a rule sees of the Service.
linked(svc, cluster) := {"resource": svc, "workspace": {"cluster": cluster, "objects": {"Service": [svc]}}}
