# METADATA
# description: |
#   Who may reach a Service: source ranges and service tags as the Azure cloud controller
#   reads them, and the security rules that it makes of them. Source:
#   pkg/provider/loadbalancer of kubernetes-sigs/cloud-provider-azure.
package aksnetlint.lib.sources

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.service

# The annotations that hold ranges; the controller takes both together.
range_keys := ["azure-allowed-ip-ranges", "load-balancer-source-ranges"]

tags_key := "azure-allowed-service-tags"

deny_all_key := "azure-deny-all-except-load-balancer-source-ranges"

# spec_entries(svc), annotation_entries(svc): the ranges as written, without the blanks around
# them, each {"text", "path", "key"}; key is "" for those of spec.loadBalancerSourceRanges.
# Empty items of an annotation are entries too.
spec_entries(svc) := {entry |
	some i, written in svc.spec.loadBalancerSourceRanges
	is_string(written)
	entry := {"text": trim_space(written), "path": ["spec", "loadBalancerSourceRanges", i], "key": ""}
}

annotation_entries(svc) := {entry |
	some key in range_keys
	some text in service.items(service.annotation(svc, key))
	entry := {"text": text, "path": service.path(key), "key": key}
}

entries(svc) := spec_entries(svc) | annotation_entries(svc)

# valid(entries), invalid(entries): those of them that the controller takes, and the others.
valid(some_entries) := {entry | some entry in some_entries; is_masked(entry.text)}

invalid(some_entries) := {entry | some entry in some_entries; not is_masked(entry.text)}

# is_masked(text): a prefix without host bits.
is_masked(text) if text == cidr.canonical(text)

# IPv6 prefixes can be written in several ways, but not with a zero before the length.
is_masked(text) if {
	cidr.is_ipv6(text)
	not regex.match(`/0[0-9]`, text)
	net.cidr_contains(single(text), single(cidr.canonical(text)))
}

# single(prefix): the address before the slash as a prefix of one address.
single(prefix) := concat("", [split(prefix, "/")[0], "/128"])

# everything(entries): one of them is all of IPv4 or all of IPv6.
everything(some_entries) if {
	some entry in valid(some_entries)
	cidr.prefix_length(entry.text) == 0
}

# covers_all(entries): those of one family together are the whole family.
covers_all(some_entries) if {
	merged := net.cidr_merge([entry.text | some entry in valid(some_entries); cidr.is_ipv4(entry.text)])
	merged[_] == "0.0.0.0/0"
}

covers_all(some_entries) if {
	merged := net.cidr_merge([entry.text | some entry in valid(some_entries); cidr.is_ipv6(entry.text)])
	merged[_] == "::/0"
}

# tags(svc): the service tags as the controller splits them, empty ones too; none where the
# annotation is absent.
tags(svc) := service.items(service.annotation(svc, tags_key)) if {
	service.has_annotation(svc, tags_key)
} else := []

# from_internet(svc): the security rules let the whole Internet in (IsAllowFromInternet).
from_internet(svc) if {
	count(tags(svc)) == 0
	count(invalid(entries(svc))) == 0
	not restricted(spec_entries(svc))
	not restricted(annotation_entries(svc))
	opened(svc)
}

# An internal Service is opened only by a range that says so.
opened(svc) if not service.is_internal_fold(svc)

opened(svc) if count(entries(svc)) > 0

restricted(some_entries) if {
	count(valid(some_entries)) > 0
	not everything(some_entries)
}

# denies_rest(svc): a rule shuts out all sources that no other rule names, those in the
# virtual network too (DenyAllExceptSourceRanges).
denies_rest(svc) if {
	service.enabled(svc, deny_all_key)
	count(valid(entries(svc))) > 0
}

denies_rest(svc) if count(invalid(entries(svc))) > 0

# listed(entries): their texts in order, for messages; undefined where there is none.
listed(some_entries) := concat(", ", sort({entry.text | some entry in some_entries})) if count(some_entries) > 0

# first(list): the least of a list of entries; undefined where it is empty.
first(list) := sort(list)[0]

# place(entries): where to edit them: the list of the spec, or the annotation.
place(some_entries) := ["spec", "loadBalancerSourceRanges"] if {
	some entry in some_entries
	entry.key == ""
} else := service.path(min({entry.key | some entry in some_entries}))
