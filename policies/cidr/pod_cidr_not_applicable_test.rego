package aksnetlint.rules["pod-cidr-not-applicable_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["pod-cidr-not-applicable"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_node_subnet if {
	hits({"networkPlugin": "azure", "podCidr": "10.244.0.0/16"}, {"system": {}}) == {"podCidr 10.244.0.0/16 has no effect in Azure CNI node subnet: pods take addresses of a subnet"}
}

test_pod_subnet if {
	hits({"networkPlugin": "azure", "podCidrs": ["10.244.0.0/16"]}, {"system": {"podSubnetID": fixture.pods_id}}) == {"podCidrs[0] 10.244.0.0/16 has no effect in Azure CNI pod subnet: pods take addresses of a subnet"}
}

test_fine if {
	hits({"networkPlugin": "azure", "podCidr": ""}, {"system": {}}) == set()
	hits({"networkPlugin": "none", "podCidr": "10.244.0.0/16"}, {"system": {}}) == set()
	hits({"podCidr": "10.244.0.0/16"}, {"system": {}}) == set()
	hits({"networkPlugin": "azure", "ipFamilies": ["IPv4", "IPv6"], "podCidr": "10.244.0.0/16"}, {"system": {"podSubnetID": fixture.pods_id, "podIPAllocationMode": "StaticBlock"}}) == set()
}
