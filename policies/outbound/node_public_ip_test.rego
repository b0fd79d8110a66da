package aksnetlint.rules["node-public-ip_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["node-public-ip"] as rule

hits(properties, pools) := result if {
	doc := fixture.input_for(properties, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

public := {"edge": {"enableNodePublicIP": true}}

test_public if {
	hits({}, public) == {"pool edge gives every node a public IP address"}
	hits({"apiServerAccessProfile": {"authorizedIPRanges": ["203.0.113.0/24"]}}, public) == {"pool edge gives every node a public IP address, which authorizedIPRanges cannot list in advance"}
}

test_fine if {
	hits({}, {"edge": {"enableNodePublicIP": true, "nodePublicIPPrefixID": "/p"}}) == set()
	hits({}, {"edge": {"enableNodePublicIP": false}}) == set()
	hits({"networkProfile": {"outboundType": "userDefinedRouting"}}, public) == set()
}

test_pool_of_a_cluster_elsewhere if {
	pool := {"id": "/rg/c/agentpools/edge", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c/edge", "properties": {"enableNodePublicIP": true}}
	found := {hit.message | some hit in rule.deny} with input as {"resource": pool, "deployment": {"resources": {pool.id: pool}}}
	found == {"pool edge gives every node a public IP address"}
}
