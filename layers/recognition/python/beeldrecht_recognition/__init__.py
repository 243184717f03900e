"""Comparing faces, under a permit only: the one place that computes biometric data.

In a layer of its own, so that a function that may not recognise does not carry it.
numpy and onnxruntime, without OpenCV.
"""
