# METADATA
# description: |
#   Load balancer annotations of the listeners of a Strimzi Kafka cluster:
#   https://learn.microsoft.com/azure/aks/kafka-configure
package aksnetlint.lib.listeners

import data.aksnetlint.lib.service

carriers(resource) := (bootstraps(resource) | brokers(resource)) | unlisted(resource)

# load_balanced[i]: the listeners that get a load balancer of Azure each for the bootstrap
# address and for every broker. The loop is over a list; a map is the form of old versions.
load_balanced(kafka) := {i: listener |
	kafka.kind == "Kafka"
	some i, listener in kafka.spec.kafka.listeners
	is_object(listener)
	listener.type == "loadbalancer"
	not listener.configuration.class
}

name(kafka, i) := sprintf("listener %v of Kafka %s", [object.get(kafka.spec.kafka.listeners[i], "name", i), service.name(kafka)])

bootstraps(kafka) := {carrier |
	some i, listener in load_balanced(kafka)
	not listener.configuration.createBootstrapService == false
	carrier := {
		"what": sprintf("the bootstrap Service of %s", [name(kafka, i)]),
		"path": ["spec", "kafka", "listeners", i, "configuration", "bootstrap", "annotations"],
		"annotations": merged(kafka, "externalBootstrapService", object.get(listener, ["configuration", "bootstrap", "annotations"], {})),
		"strict": true,
		"exposed": true,
		"severity": "error",
		"fixable": true,
	}
}

brokers(kafka) := {carrier |
	some i, listener in load_balanced(kafka)
	some j, broker in listener.configuration.brokers
	is_object(broker)
	carrier := {
		"what": sprintf("the Service of broker %v in %s", [object.get(broker, "broker", j), name(kafka, i)]),
		"path": ["spec", "kafka", "listeners", i, "configuration", "brokers", j, "annotations"],
		"annotations": merged(kafka, "perPodService", object.get(broker, "annotations", {})),
		"strict": true,
		"exposed": true,
		"severity": "error",
		"fixable": true,
	}
}

# Brokers that the listener does not list get a Service with the template's annotations.
unlisted(kafka) := {carrier |
	some i, listener in load_balanced(kafka)
	which := others(kafka, listener)
	carrier := {
		"what": sprintf("the Service of each %s in %s", [which, name(kafka, i)]),
		"path": ["spec", "kafka", "listeners", i, "configuration", "brokers"],
		"annotations": merged(kafka, "perPodService", {}),
		"strict": true,
		"exposed": true,
		"severity": "error",
		"fixable": false,
	}
}

# others(kafka, listener): the brokers that the listener does not list, in words.
others(_, listener) := "broker" if not listener.configuration.brokers[0]

others(kafka, listener) := "other broker" if {
	listed := {broker.broker | some broker in listener.configuration.brokers}
	count(listed) > 0
	is_number(kafka.spec.kafka.replicas)
	count(listed) < kafka.spec.kafka.replicas
}

# merged(kafka, template, own): the annotations of the listener over those of the template
# spec.kafka.template.
merged(kafka, template, own) := object.union(map(object.get(kafka.spec.kafka, ["template", template, "metadata", "annotations"], {})), map(own))

map(value) := value if {
	is_object(value)
} else := {}
