package adopt

// match are the conditions of a Constraint on the objects that it judges, as
// they go into the rule.
type match struct {
	Kinds []struct {
		APIGroups []string `json:"apiGroups,omitempty"`
		Kinds     []string `json:"kinds,omitempty"`
	} `json:"kinds,omitempty"`
	Namespaces         []string       `json:"namespaces,omitempty"`
	ExcludedNamespaces []string       `json:"excludedNamespaces,omitempty"`
	Name               string         `json:"name,omitempty"`
	Scope              string         `json:"scope,omitempty"`
	Source             string         `json:"source,omitempty"`
	LabelSelector      map[string]any `json:"labelSelector,omitempty"`
	NamespaceSelector  map[string]any `json:"namespaceSelector,omitempty"`
}

// gatekeeperBody is the rule of a Constraint; the verbs are the package of the policy
// and twice the id of the rule. It does what Gatekeeper's matcher does
// (pkg/mutation/match): names of namespaces may start or end with a star, and an
// object without a namespace passes the conditions on it only where none is asked for.
const gatekeeperBody = `deny contains {"path": [], "message": found.msg} if {
	not input.deployment
	matched
	some found in data.%s.violation with input as review
}

# Both stand in METADATA as settings of the rule.
parameters := data.params[%q].parameters

conditions := data.params[%q].conditions

judged := input.resource

version_parts := split(judged.apiVersion, "/")

group := version_parts[0] if {
	count(version_parts) == 2
} else := ""

namespace := judged.metadata.namespace if {
	is_string(judged.metadata.namespace)
} else := ""

review := {
	"parameters": parameters,
	"review": {
		"operation": "CREATE",
		"object": judged,
		"oldObject": null,
		"name": judged.metadata.name,
		"namespace": namespace,
		"kind": {"group": group, "version": version_parts[count(version_parts) - 1], "kind": judged.kind},
		"userInfo": {},
	},
}

matched if {
	kind_matches
	name_matches
	namespace_matches
	not excluded
	labels_match
	scope_matches
}

kind_matches if count(condition_list("kinds")) == 0

kind_matches if {
	some entry in condition_list("kinds")
	listed(entry, "apiGroups", group)
	listed(entry, "kinds", judged.kind)
}

condition_list(name) := conditions[name]

condition_list(name) := [] if not conditions[name]

listed(entry, name, _) if not entry[name]

listed(entry, name, _) if "*" in entry[name]

listed(entry, name, value) if value in entry[name]

name_matches if not conditions.name

name_matches if glob_matches(conditions.name, judged.metadata.name)

# Where a Namespace itself is judged, its own name counts.
place := judged.metadata.name if {
	judged.kind == "Namespace"
	group == ""
} else := namespace

namespace_matches if count(condition_list("namespaces")) == 0

namespace_matches if {
	some pattern in condition_list("namespaces")
	glob_matches(pattern, place)
}

excluded if {
	some pattern in condition_list("excludedNamespaces")
	glob_matches(pattern, place)
}

glob_matches(pattern, text) if pattern == text

glob_matches(pattern, text) if {
	endswith(pattern, "*")
	startswith(text, trim_suffix(pattern, "*"))
}

glob_matches(pattern, text) if {
	startswith(pattern, "*")
	endswith(text, trim_prefix(pattern, "*"))
}

glob_matches(pattern, text) if {
	startswith(pattern, "*")
	endswith(pattern, "*")
	contains(text, trim_suffix(trim_prefix(pattern, "*"), "*"))
}

scope_matches if not conditions.scope

scope_matches if conditions.scope == "*"

scope_matches if {
	conditions.scope == "Cluster"
	cluster_scoped
}

scope_matches if {
	conditions.scope == "Namespaced"
	not cluster_scoped
}

# A file need not name the namespace that an object goes to, so the kinds are told apart
# by name. Those of others are taken for namespaced, as gator takes them.
cluster_scoped if {
	is_own_group
	judged.kind in cluster_kinds
}

is_own_group if group in {"", "apps", "autoscaling", "batch", "policy", "extensions"}

is_own_group if endswith(group, ".k8s.io")

cluster_kinds := {
	"APIService", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterNetworkPolicy",
	"ClusterRole", "ClusterRoleBinding",
	"ClusterTrustBundle", "ComponentStatus", "CustomResourceDefinition", "DeviceClass", "FlowSchema", "GatewayClass",
	"IPAddress", "IngressClass", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
	"Namespace", "Node", "PersistentVolume", "PodSecurityPolicy", "PriorityClass", "PriorityLevelConfiguration",
	"ResourceSlice", "RuntimeClass", "ServiceCIDR", "StorageClass", "StorageVersion", "ValidatingAdmissionPolicy",
	"ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment", "VolumeAttributesClass",
	"VolumeSnapshotClass", "VolumeSnapshotContent",
}

labels := judged.metadata.labels if {
	is_object(judged.metadata.labels)
} else := {}

labels_match if {
	every name, value in selector("matchLabels", {}) {
		labels[name] == value
	}
	every requirement in selector("matchExpressions", []) {
		meets(requirement)
	}
}

selector(name, _) := conditions.labelSelector[name]

selector(name, none) := none if not conditions.labelSelector[name]

meets(requirement) if {
	requirement.operator == "In"
	has_one(requirement)
}

meets(requirement) if {
	requirement.operator == "NotIn"
	not has_one(requirement)
}

has_one(requirement) if labels[requirement.key] in requirement.values

meets(requirement) if {
	requirement.operator == "Exists"
	requirement.key in object.keys(labels)
}

meets(requirement) if {
	requirement.operator == "DoesNotExist"
	not requirement.key in object.keys(labels)
}
`
