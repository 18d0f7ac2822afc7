/*
 * Stands in for Chromium's SwiftShader library and passes every call on to DRIVER, another Vulkan driver that runs on the
 * CPU. Of such drivers Chromium's WebGPU takes only the one with SwiftShader's vendor and device numbers, so those are given.
 * SwiftShader has no float16 in shaders, so there is none here either without SOFTWARE_GPU_FLOAT16=1 in the environment.
 *
 * Only what is read is declared, by the layouts of the Vulkan specification: no headers are needed to compile this.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*Lookup)(void *instance, const char *name);

/* The beginning of VkPhysicalDeviceProperties. */
typedef struct {
  uint32_t api, driver, vendor, device;
} Properties;

/* The beginning of all structures in a pNext chain. */
typedef struct Chained {
  uint32_t type;
  struct Chained *next;
} Chained;

/* VkPhysicalDeviceProperties2. */
typedef struct {
  Chained head;
  Properties properties;
} Properties2;

/* VkPhysicalDeviceShaderFloat16Int8Features. */
typedef struct {
  Chained head;
  uint32_t float16, int8;
} Float16Features;
enum { FLOAT16_FEATURES = 1000082000 };

static Lookup driver;
static void *instance;

static Function of_driver(const char *name) { return driver(instance, name); }

static void disguise(Properties *properties) {
  properties->vendor = 0x1AE0;
  properties->device = 0xC0DE;
}

static void get_properties(void *device, Properties *properties) {
  ((void (*)(void *, Properties *))of_driver("vkGetPhysicalDeviceProperties"))(device, properties);
  disguise(properties);
}

static void get_properties2(void *device, Properties2 *properties) {
  ((void (*)(void *, Properties2 *))of_driver("vkGetPhysicalDeviceProperties2"))(device, properties);
  disguise(&properties->properties);
}

static void get_features2(void *device, Chained *features) {
  ((void (*)(void *, Chained *))of_driver("vkGetPhysicalDeviceFeatures2"))(device, features);
  const char *float16 = getenv("SOFTWARE_GPU_FLOAT16");
  if (float16 && !strcmp(float16, "1")) return;
  for (Chained *each = features->next; each; each = each->next)
    if (each->type == FLOAT16_FEATURES) ((Float16Features *)each)->float16 = 0;
}

Function vkGetInstanceProcAddr(void *of, const char *name);

static const struct {
  const char *name;
  Function function;
} ours[] = {
    {"vkGetInstanceProcAddr", (Function)vkGetInstanceProcAddr},
    {"vkGetPhysicalDeviceProperties", (Function)get_properties},
    {"vkGetPhysicalDeviceProperties2", (Function)get_properties2},
    {"vkGetPhysicalDeviceProperties2KHR", (Function)get_properties2},
    {"vkGetPhysicalDeviceFeatures2", (Function)get_features2},
    {"vkGetPhysicalDeviceFeatures2KHR", (Function)get_features2},
};

/* The one symbol that Chromium asks for. */
Function vkGetInstanceProcAddr(void *of, const char *name) {
  if (!driver) {
    void *library = dlopen(DRIVER, RTLD_NOW | RTLD_LOCAL);
    if (library) driver = (Lookup)dlsym(library, "vk_icdGetInstanceProcAddr");
    if (!driver) {
      fprintf(stderr, "No Vulkan driver: %s\n", dlerror());
      return NULL;
    }
  }
  if (of) instance = of;
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (!strcmp(name, ours[i].name)) return ours[i].function;
  return driver(of, name);
}
