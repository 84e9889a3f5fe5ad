//! Values that serde reads and writes as text.

/// Makes serde write a type as `Display` does and, if it can be parsed, read it as `FromStr` does.
macro_rules! text_form {
    ($name:ident: write) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
    ($name:ident: read and write) => {
        $crate::text_form::text_form!($name: write);

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use text_form;
