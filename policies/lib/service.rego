# METADATA
# description: |
#   A Service as the Azure cloud controller reads it: which Services are its own, how it
#   compares annotation values, ports, address families and addresses. Facts are those of
#   kubernetes-sigs/cloud-provider-azure; keys are written without the common prefix.
package aksnetlint.lib.service

# The prefix of every annotation that the controller reads (pkg/consts/consts.go).
prefix := "service.beta.kubernetes.io/"

# full(key): the annotation's whole name.
full(key) := concat("", [prefix, key])

# path(key): where the annotation stands in a Service.
path(key) := ["metadata", "annotations", full(key)]

# pointer(key): the annotation's place as a JSON Pointer, for fixes.
pointer(key) := concat("/", ["/metadata/annotations", replace(full(key), "/", "~1")])

# is_load_balancer(svc): spec.type is LoadBalancer; absent means ClusterIP.
is_load_balancer(svc) if svc.spec.type == "LoadBalancer"

# has_class(svc): another controller was asked for.
has_class(svc) if svc.spec.loadBalancerClass != null

# is_azure_lb(svc): the cloud controller makes a frontend for it. The service controller
# passes over Services with a class.
is_azure_lb(svc) if {
	is_load_balancer(svc)
	not has_class(svc)
}

# name(svc): namespace/name as people say it.
name(svc) := concat("/", [svc.metadata.namespace, svc.metadata.name]) if {
	is_string(svc.metadata.namespace)
	is_string(svc.metadata.name)
} else := svc.metadata.name if {
	is_string(svc.metadata.name)
} else := concat("", [svc.metadata.generateName, "*"]) if {
	is_string(svc.metadata.generateName)
} else := "(no name)"

# annotations(svc): the annotations, empty where there are none.
annotations(svc) := svc.metadata.annotations if {
	is_object(svc.metadata.annotations)
} else := {}

# text(value): an annotation value as the API server stores it. null becomes the empty
# string; other values that are no strings are refused and have no text.
text(value) := value if is_string(value)

text(null) := ""

# annotation(svc, key): the annotation's value; undefined where it is absent or no string.
annotation(svc, key) := text(annotations(svc)[full(key)])

# has_annotation(svc, key): the key is there, whatever its value.
has_annotation(svc, key) if full(key) in object.keys(annotations(svc))

# is_internal(svc): the frontend is private. The controller compares with exactly "true":
# requiresInternalLoadBalancer, pkg/provider/azure_loadbalancer.go.
is_internal(svc) if annotation(svc, "azure-load-balancer-internal") == "true"

# is_internal_fold(svc): what the security rules and the SCTP, HA-port and IPv6 code take for
# internal: the same annotation in any case (pkg/consts/helpers.go).
is_internal_fold(svc) if is_true_fold(annotation(svc, "azure-load-balancer-internal"))

# is_true_fold(value): true in any case, blanks are not trimmed. Holds for high
# availability ports, floating IP, NSG rule, TCP reset, no_lb_rule, no_probe_rule and
# deny-all-except.
is_true_fold(value) if lower(value) == "true"

# is_true_trim(value): true in any case with blanks around. Holds for pls-create and
# pls-proxy-protocol.
is_true_trim(value) if lower(trim_space(value)) == "true"

# enabled(svc, key): a boolean annotation that is compared in any case is on.
enabled(svc, key) if is_true_fold(annotation(svc, key))

# pls_enabled(svc): a private link service is asked for.
pls_enabled(svc) if is_true_trim(annotation(svc, "azure-pls-create"))

# ports(svc): the list of ports, empty where there is none.
ports(svc) := svc.spec.ports if {
	is_array(svc.spec.ports)
} else := []

# port_numbers(svc): the service ports.
port_numbers(svc) := {port.port | some port in ports(svc)}

# port_index(svc, number): the places in spec.ports of a service port number.
port_index(svc, number) := {i | some i, port in ports(svc); port.port == number}

# port_names(svc): the names of the ports.
port_names(svc) := {port.name | some port in ports(svc); is_string(port.name)}

# protocol(port): TCP unless written otherwise.
protocol(port) := port.protocol if {
	is_string(port.protocol)
} else := "TCP"

# local_traffic(svc): externalTrafficPolicy is Local; absent means Cluster.
local_traffic(svc) if svc.spec.externalTrafficPolicy == "Local"

# families(svc): spec.ipFamilies, empty where the cluster decides.
families(svc) := svc.spec.ipFamilies if {
	is_array(svc.spec.ipFamilies)
} else := []

# dual_stack(svc): the Service asks for both address families.
dual_stack(svc) if svc.spec.ipFamilyPolicy in {"RequireDualStack", "PreferDualStack"}

dual_stack(svc) if count({family | some family in families(svc)}) == 2

# single_family(svc): the only family of a single-stack Service. A Service that says
# nothing takes the cluster's first family, which is IPv4 unless the cluster says otherwise.
single_family(svc) := families(svc)[0] if {
	not dual_stack(svc)
	count(families(svc)) == 1
}

single_family(svc) := "IPv4" if {
	not dual_stack(svc)
	count(families(svc)) == 0
}

octet := "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

ipv4_pattern := concat("", ["^", octet, `(\.`, octet, "){3}$"])

# is_ipv4(text), is_ipv6(text), is_ip(text): the whole text is one address.
is_ipv4(value) if regex.match(ipv4_pattern, value)

is_ipv6(value) if {
	contains(value, ":")
	net.cidr_is_valid(concat("", [value, "/128"]))
}

is_ip(value) if is_ipv4(value)

is_ip(value) if is_ipv6(value)

# family(ip): "IPv4" or "IPv6".
family(ip) := "IPv4" if is_ipv4(ip)

family(ip) := "IPv6" if is_ipv6(ip)

# host_prefix(ip): the address as a prefix of one address.
host_prefix(ip) := concat("", [ip, "/32"]) if is_ipv4(ip)

host_prefix(ip) := concat("", [ip, "/128"]) if is_ipv6(ip)

# Addresses that are never public: RFC 1918, RFC 6598 and RFC 4193.
private_ranges := {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"}

# is_private(ip): the address is in private space.
is_private(ip) if {
	some range in private_ranges
	net.cidr_contains(range, host_prefix(ip))
}

# items(value): a comma-separated value as the controller splits it; blanks around the
# items do not count, empty items do.
items(value) := [trim_space(item) | some item in split(value, ",")]

# words(value): a blank-separated value as the controller splits it (strings.Fields).
words(value) := [word | some word in regex.split(`\s+`, value); word != ""]

# quoted(value): a text in double quotes as messages show it. What cannot be seen or looks
# like another character is escaped, markup is not.
quoted(value) := sprintf("%+q", [value])

# is_integer(value): what strconv.ParseInt accepts.
is_integer(value) if regex.match(`^[+-]?[0-9]{1,18}$`, value)

# integer(value): the number; undefined where it is none.
integer(value) := to_number(trim_prefix(value, "+")) if is_integer(value)

# The annotations that ask for an address, with its family.
address_keys := {
	"azure-load-balancer-ipv4": "IPv4",
	"azure-load-balancer-ipv6": "IPv6",
}

# static_ips(svc): the addresses asked for, each {"ip", "path", "key", "family"}; family is
# that of the field, "" for spec.loadBalancerIP, which is for the Service's own family.
static_ips(svc) := annotated_ips(svc) | spec_ips(svc)

annotated_ips(svc) := {ip |
	some key, wanted in address_keys
	value := annotation(svc, key)
	value != ""
	ip := {"ip": value, "path": path(key), "key": full(key), "family": wanted}
}

spec_ips(svc) := {ip |
	value := svc.spec.loadBalancerIP
	is_string(value)
	value != ""
	ip := {"ip": value, "path": ["spec", "loadBalancerIP"], "key": "spec.loadBalancerIP", "family": ""}
}

# static_ip(svc, family): the address that the controller takes for the family: the
# annotation before spec.loadBalancerIP (getServiceLoadBalancerIP, pkg/provider/azure_utils.go).
static_ip(svc, wanted) := chosen if {
	some chosen in annotated_ips(svc)
	chosen.family == wanted
} else := chosen if {
	some chosen in spec_ips(svc)
	family(chosen.ip) == wanted
}

# addresses(svc): the addresses that the controller takes: an annotation goes before
# spec.loadBalancerIP.
addresses(svc) := annotated_ips(svc) | {ip |
	some ip in spec_ips(svc)
	not overruled(svc, family(ip.ip))
}

# overruled(svc, family): an annotation asks for an address of the family.
overruled(svc, wanted) if {
	some ip in annotated_ips(svc)
	ip.family == wanted
}
