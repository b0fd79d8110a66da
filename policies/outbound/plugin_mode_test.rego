package aksnetlint.rules["plugin-mode_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["plugin-mode"] as rule

hits(profile, pools, addons) := result if {
	doc := fixture.input_for({"networkProfile": profile, "addonProfiles": addons}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_plugin if {
	hits({"networkPlugin": "Kubenet", "networkPluginMode": "Overlay"}, {"system": {}}, {}) == {"networkPluginMode overlay needs networkPlugin azure, not kubenet"}
}

test_pools if {
	hits(fixture.overlay({}), {"a": {"podSubnetID": fixture.pods_id}}, {}) == {"pool a names a pod subnet, which networkPluginMode overlay does not use"}
	hits(fixture.overlay({}), {"a": {"type": "AvailabilitySet"}}, {}) == {"pool a is an availability set, which networkPluginMode overlay does not support"}
	hits(fixture.overlay({}), {"a": {"vmSize": "Standard_DC8_v2"}}, {}) == {"pool a has Standard_DC8_v2 of the DCsv2 series, which networkPluginMode overlay does not support"}
}

test_virtual_nodes if {
	hits(fixture.overlay({}), {"a": {}}, {"aciConnectorLinux": {"enabled": true}}) == {"virtual nodes do not work with networkPluginMode overlay"}
}

test_fine if {
	hits(fixture.overlay({}), {"a": {"vmSize": "Standard_DC4s_v3", "podSubnetID": ""}}, {"aciConnectorLinux": {"enabled": false}}) == set()
	hits({"networkPluginMode": "overlay"}, {"a": {}}, {}) == set()
	hits({"networkPlugin": "azure"}, {"a": {"podSubnetID": fixture.pods_id}}, {"aciConnectorLinux": {"enabled": true}}) == set()
}
