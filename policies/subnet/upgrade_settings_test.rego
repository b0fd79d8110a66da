package aksnetlint.rules["upgrade-settings_test"]

import data.aksnetlint.rules["upgrade-settings"] as rule

hits(properties) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := {"resource": {"id": "/c/agentPools/p", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c/p", "properties": properties}}
	some hit in rule.deny with input as doc
}

settings(properties) := hits({"count": 4, "upgradeSettings": properties})

test_no_surge if {
	settings({"maxSurge": "0"}) == {"default: maxSurge of pool p is 0 without maxUnavailable: an upgrade can neither add nor take away a node"}
	count(settings({"maxSurge": 0, "maxUnavailable": "0"})) == 1
	settings({"maxSurge": "0", "maxUnavailable": "1"}) == set()
	settings({"maxSurge": "0", "maxUnavailable": "25%"}) == set()
}

test_text if {
	settings({"maxSurge": "a third"}) == {`default: maxSurge "a third" of pool p is neither a number of nodes nor 1% to 100%`}
	count(settings({"maxSurge": "0%"})) == 1
	count(settings({"maxSurge": "120%"})) == 1
	settings({"maxSurge": "33%"}) == set()
	settings({"maxSurge": "3"}) == set()
	settings({"maxSurge": ""}) == set()
	settings({}) == set()
}

test_system if {
	hits({"mode": "System", "upgradeSettings": {"maxSurge": "1", "maxUnavailable": "1"}}) == {"warning: system pool p sets maxUnavailable, which is for user pools only"}
	hits({"mode": "System", "upgradeSettings": {"maxUnavailable": ""}}) == set()
}

test_doubled if {
	settings({"maxSurge": "100%"}) == {"warning: maxSurge 100% doubles pool p to 8 nodes during an upgrade"}
}
