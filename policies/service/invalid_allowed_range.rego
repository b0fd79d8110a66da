# METADATA
# title: Allowed range or tag is not valid
# description: Every item of spec.loadBalancerSourceRanges, azure-allowed-ip-ranges and load-balancer-source-ranges must be a prefix without host bits, such as 203.0.113.0/24. A bare address, host bits (203.0.113.7/24), blanks in place of commas, an empty value or a comma at the end make an invalid item, and one invalid item makes the Azure cloud controller add a rule that denies everything that no valid item allows. An empty service tag names nobody and closes the Service to the Internet. A bare address in spec.loadBalancerSourceRanges is refused by the API server.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Write the network address with its mask (203.0.113.7/32 for one address), separate items by commas and leave none empty.
#   since: 0.1.0
#   catalogue: 122
package aksnetlint.rules["invalid-allowed-range"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

# An item of the spec.
deny contains object.union(hit, fix(entry)) if {
	service.is_azure_lb(input.resource)
	some entry in sources.invalid(sources.spec_entries(input.resource))
	not exposure.placeholder(entry.text)
	hit := {
		"path": entry.path,
		"message": sprintf("source range %s %s: %s", [service.quoted(entry.text), wrong(entry.text), consequence(entry.text)]),
	}
}

# Items of an annotation.
deny contains object.union(hit, rewrite(key)) if {
	service.is_azure_lb(input.resource)
	some key in sources.range_keys
	value := service.annotation(input.resource, key)
	not exposure.placeholder(value)
	bad := [words |
		some text in service.items(value)
		not sources.is_masked(text)
		words := sprintf("%s %s", [service.quoted(text), wrong(text)])
	]
	count(bad) > 0
	hit := {
		"path": service.path(key),
		"message": sprintf("in %s %s: %s", [service.full(key), concat(", ", bad), denied]),
	}
}

# An empty tag.
deny contains {
	"path": service.path(sources.tags_key),
	"message": sprintf("%s holds an empty tag: the Internet is shut out as if a tag were named", [service.full(sources.tags_key)]),
} if {
	service.is_azure_lb(input.resource)
	"" in sources.tags(input.resource)
}

denied := "the controller denies all traffic that no valid range allows"

consequence(text) := denied if {
	cidr.valid(text)
} else := "the API server refuses the Service"

wrong("") := "is empty"

wrong(text) := sprintf("has host bits, the network is %s", [cidr.canonical(text)]) if {
	cidr.valid(text)
} else := "is separated by blanks, not by a comma" if {
	count(service.words(text)) > 1
} else := "has no mask" if {
	service.is_ip(text)
} else := "is no prefix" if {
	text != ""
}

# mended(text): what was meant, where there is no doubt.
mended(text) := text if {
	sources.is_masked(text)
} else := cidr.canonical(text) if {
	cidr.valid(text)
} else := service.host_prefix(text) if {
	service.is_ip(text)
}

fix(entry) := {"fix": [{"op": "replace", "path": carriers.pointer(entry.path), "value": mended(entry.text)}]} if {
	mended(entry.text)
} else := {}

# rewrite(key): the annotation with each item mended; blanks count as commas, empty items go.
rewrite(key) := {"fix": [{"op": "replace", "path": service.pointer(key), "value": concat(",", meant)}]} if {
	written := service.words(replace(service.annotation(input.resource, key), ",", " "))
	count(written) > 0
	meant := [mended(text) | some text in written]
	count(meant) == count(written)
} else := {}
