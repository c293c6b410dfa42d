"""The annual pass of ready factors as a careful script does it: windows of 512 rows, float32 throughout, tables by index.

Arguments: directory of the inputs, directory of the results, creation options of floats and of bytes (comma-separated), and
the tables as JSON: B by land-use code, E and T by index of the polygon, codes of cropland, tolerable soil loss.
Prints the cells of each intensity class as a JSON list, 0 (no value) first.
"""

import json
import sys

import numpy as np
from osgeo import gdal

gdal.UseExceptions()
inputs, results, float_options, byte_options, tables_json = sys.argv[1:6]
tables = json.loads(tables_json)
rows_at_once = 512
limits = np.array([tables["tolerance"], 2500, 5000, 8000], np.float32)
classes = 7


def opened(name):
    return gdal.Open(f"{inputs}/{name}.tif")


terrain, zones, engineering, tillage = map(opened, ["terrain", "zones", "engineering", "tillage"])
land_use, erosivity, erodibility = map(opened, ["land-use", "erosivity-year", "erodibility"])
width, height = terrain.RasterXSize, terrain.RasterYSize


def created(name, kind, options):
    block = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"]
    driver = gdal.GetDriverByName("GTiff")
    dataset = driver.Create(f"{results}/{name}.tif", width, height, 1, kind, block + options.split(","))
    dataset.SetGeoTransform(terrain.GetGeoTransform())
    dataset.SetProjection(terrain.GetProjection())
    return dataset


modulus_file = created("modulus", gdal.GDT_Float32, float_options)
intensity_file = created("intensity", gdal.GDT_Byte, byte_options)
cause_file = created("cause", gdal.GDT_Byte, byte_options)

biological = np.full(256, np.nan, np.float32)
for code, value in tables["B"].items():
    biological[int(code)] = value
engineering_values = np.array(tables["E"], np.float32)
# Land that is not tilled has a row of ones.
of_zone = [np.nan if value is None else value for value in tables["T"]]
tillage_values = np.array([[1] * len(of_zone), of_zone], np.float32)
is_cropland = np.zeros(256, np.intp)
is_cropland[tables["cropland"]] = 1

cells = np.zeros(65536 * classes, np.int64)
losses = np.zeros(65536, np.float64)


def read(dataset, band, row, rows):
    return dataset.GetRasterBand(band).ReadAsArray(0, row, width, rows)


for row in range(0, height, rows_at_once):
    rows = min(rows_at_once, height - row)
    codes = read(land_use, 1, row, rows)
    slope = read(terrain, 1, row, rows)
    modulus = read(erosivity, 1, row, rows)
    modulus *= read(erodibility, 1, row, rows)
    modulus *= read(terrain, 2, row, rows)
    modulus *= read(terrain, 3, row, rows)
    modulus *= biological[codes]
    modulus *= engineering_values[read(engineering, 1, row, rows)]
    tilled = tillage_values[is_cropland[codes], read(tillage, 1, row, rows)]
    modulus *= tilled
    modulus *= np.float32(100)
    area = read(zones, 1, row, rows)
    missing = np.isnan(modulus) | np.isnan(slope) | (area == 0) | (codes == 0)
    modulus[missing] = np.nan
    intensity = np.digitize(modulus, limits).astype(np.uint8) + np.uint8(1)
    intensity += modulus > 15000
    intensity[missing] = 0
    cause = np.zeros_like(intensity)
    if missing.any():
        cause[np.isnan(biological[codes])] = 13
        cause[np.isnan(tilled)] = 10
        cause[codes == 0] = 5
        cause[np.isnan(slope)] = 2
        cause[area == 0] = 1
    counted = np.bincount((area.astype(np.int32) * classes + intensity).ravel(), minlength=1)
    cells[: counted.size] += counted
    by_zone = np.bincount(area.ravel(), weights=np.nan_to_num(modulus).ravel())
    losses[: by_zone.size] += by_zone
    modulus_file.GetRasterBand(1).WriteArray(modulus, 0, row)
    intensity_file.GetRasterBand(1).WriteArray(intensity, 0, row)
    cause_file.GetRasterBand(1).WriteArray(cause, 0, row)

del modulus_file, intensity_file, cause_file
print(json.dumps(cells.reshape(-1, classes).sum(axis=0).tolist()))
