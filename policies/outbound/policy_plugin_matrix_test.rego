package aksnetlint.rules["policy-plugin-matrix_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["policy-plugin-matrix"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

linux := {"system": {}}

windows := {"win": {"osType": "Windows"}}

test_plugin_none if {
	hits({"networkPlugin": "none", "networkPolicy": "calico"}, linux) == {"networkPolicy calico is refused with networkPlugin none"}
	hits({"networkPlugin": "none", "networkDataplane": "cilium", "networkPolicy": "none"}, linux) == {"networkDataplane cilium is refused with networkPlugin none"}
}

test_kubenet if {
	hits({"networkPlugin": "kubenet", "networkPolicy": "azure"}, linux) == {"networkPolicy azure is refused with kubenet"}
	hits({"networkPlugin": "Kubenet", "networkPolicy": "cilium", "networkDataplane": "cilium"}, linux) == {"networkPolicy cilium is refused with kubenet", "networkDataplane cilium is refused with kubenet"}
}

test_policy_and_dataplane if {
	hits(fixture.overlay({"networkPolicy": "cilium"}), linux) == {"networkPolicy cilium needs networkDataplane cilium"}
	hits(fixture.overlay({"networkPolicy": "calico", "networkDataplane": "cilium"}), linux) == {"networkPolicy calico does not run on networkDataplane cilium"}
	hits(fixture.overlay({"networkDataplane": "cilium"}), linux) == {"networkDataplane is cilium and networkPolicy is not set: Cilium enforces network policies all the same"}
}

test_windows if {
	hits(fixture.overlay({"networkPolicy": "cilium", "networkDataplane": "cilium"}), windows) == {"pool win is a Windows pool, which networkDataplane cilium does not support"}
}

test_npm_retirement if {
	hits({"networkPlugin": "azure", "networkPolicy": "azure"}, linux) == {"networkPolicy azure (NPM): support on Linux ends on 2028-09-30"}
	hits({"networkPlugin": "azure", "networkPolicy": "azure"}, windows) == {
		"networkPolicy azure (NPM): support on Linux ends on 2028-09-30",
		"networkPolicy azure (NPM) on the Windows pool win: support on Windows ends on 2026-09-30",
	}
}

test_fine if {
	hits(fixture.overlay({"networkPolicy": "cilium", "networkDataplane": "cilium"}), linux) == set()
	hits(fixture.overlay({"networkPolicy": "cilium", "ebpfDataplane": "cilium"}), linux) == set()
	hits({"networkPlugin": "azure", "networkPolicy": "calico"}, windows) == set()
	hits({"networkPlugin": "kubenet", "networkPolicy": "calico"}, linux) == set()
	hits(fixture.overlay({"networkPolicy": ""}), linux) == set()
}
