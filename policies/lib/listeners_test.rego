package aksnetlint.lib.listeners_test

import data.aksnetlint.lib.listeners
import data.aksnetlint.lib.manifests

# carriers(configuration, fields): path to annotations of each carrier of a listener.
carriers(configuration, fields) := {carrier.path: carrier.annotations |
	listener := {"name": "outside", "type": "loadbalancer", "configuration": configuration}
	some carrier in listeners.carriers(manifests.kafka([{"type": "internal"}, listener], fields))
}

base := ["spec", "kafka", "listeners", 1, "configuration"]

bootstrap := array.concat(base, ["bootstrap", "annotations"])

test_nothing_written if carriers({}, {}) == {
	bootstrap: {},
	array.concat(base, ["brokers"]): {},
}

test_written if {
	configuration := {
		"bootstrap": {"annotations": manifests.internal},
		"brokers": [{"broker": 0, "annotations": manifests.internal}, {"broker": 1}],
	}
	carriers(configuration, {}) == {
		bootstrap: manifests.internal,
		array.concat(base, ["brokers", 0, "annotations"]): manifests.internal,
		array.concat(base, ["brokers", 1, "annotations"]): {},
	}
}

# Brokers beyond those that the listener lists get a Service as well.
test_more_brokers if {
	configuration := {"createBootstrapService": false, "brokers": [{"broker": 0}, {"broker": 1}]}
	written := {array.concat(base, ["brokers", 0, "annotations"]): {}, array.concat(base, ["brokers", 1, "annotations"]): {}}
	carriers(configuration, {"replicas": 3}) == object.union(written, {array.concat(base, ["brokers"]): {}})
	carriers(configuration, {"replicas": 2}) == written
	names := {carrier.what |
		some carrier in listeners.carriers(manifests.kafka([{"type": "loadbalancer", "configuration": configuration}], {"replicas": 3}))
	}
	"the Service of each other broker in listener 0 of Kafka events" in names
}

test_template if {
	template := {"template": {"perPodService": {"metadata": {"annotations": manifests.internal}}}}
	carriers({"createBootstrapService": false}, template) == {array.concat(base, ["brokers"]): manifests.internal}
}

test_other_class if carriers({"class": "tailscale"}, {}) == {}

test_names if {
	names := {carrier.what | some carrier in listeners.carriers(manifests.kafka([{"name": "outside", "type": "loadbalancer"}], {}))}
	names == {"the bootstrap Service of listener outside of Kafka events", "the Service of each broker in listener outside of Kafka events"}
}

test_strange_annotations if {
	some carrier in listeners.carriers(manifests.kafka([{"type": "loadbalancer", "configuration": {"bootstrap": {"annotations": "x"}}}], {}))
	carrier.annotations == {}
}
